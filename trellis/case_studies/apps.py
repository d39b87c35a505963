from django.apps import AppConfig


class CaseStudiesConfig(AppConfig):
    name = "trellis.case_studies"
    verbose_name = "case studies"
