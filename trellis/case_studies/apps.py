from django.apps import AppConfig


class CaseStudiesConfig(AppConfig):
    name = "trellis.case_studies"
    verbose_name = "case studies"

    def ready(self) -> None:
        from trellis.case_studies.services import withdraw_when_sealed
        from trellis.cases import child_pages, chronology
        from trellis.core.protection import Part
        from trellis.sharing.sealing.services import register_when_sealed

        chronology.register("case_study", "Case study", Part.RECORD)
        child_pages.register_page("Case studies", "child-case-studies", position=95, part=Part.RECORD)
        register_when_sealed(withdraw_when_sealed)
