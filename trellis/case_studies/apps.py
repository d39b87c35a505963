from django.apps import AppConfig


class CaseStudiesConfig(AppConfig):
    name = "trellis.case_studies"
    verbose_name = "case studies"

    def ready(self) -> None:
        from trellis.cases import child_pages, chronology
        from trellis.core.protection import Part

        chronology.register("case_study", "Case study", Part.RECORD)
        child_pages.register_page("Case studies", "child-case-studies", position=95, part=Part.RECORD)
