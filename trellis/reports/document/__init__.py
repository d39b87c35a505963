"""What a report is made of, and its renderings: a page, a file, a PDF, slides, a workbook."""
