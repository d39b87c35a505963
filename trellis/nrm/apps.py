from django.apps import AppConfig


class NrmConfig(AppConfig):
    name = "trellis.nrm"
    verbose_name = "National Referral Mechanism"

    def ready(self) -> None:
        from trellis.cases import child_pages, chronology
        from trellis.core.protection import Part
        from trellis.core.reference_data import register_file
        from trellis.nrm.child_parts import nrm_due
        from trellis.nrm.models import NrmRoute

        register_file("nrm_route", NrmRoute)
        chronology.register("nrm.referred", "Referred to the NRM", Part.NRM)
        chronology.register("nrm.decided", "NRM decision", Part.NRM)
        chronology.register("nrm.step", "NRM referral, step", Part.NRM)
        chronology.register("nrm.guardian", "Guardian for a trafficked child", Part.NRM)
        chronology.register("nrm.section_45", "Section 45 defence", Part.NRM)
        child_pages.register_page("NRM", "child-nrm", position=47, part=Part.NRM)
        child_pages.register_due(nrm_due)
