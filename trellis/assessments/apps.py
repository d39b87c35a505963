from django.apps import AppConfig

from trellis.cases import chronology


class AssessmentsConfig(AppConfig):
    name = "trellis.assessments"

    def ready(self) -> None:
        from trellis.assessments.child_parts import assessment_due, assessments_unfinished
        from trellis.assessments.editor.samples import load_samples
        from trellis.assessments.heard import said_in_assessments
        from trellis.cases import child_pages, childs_words, closing
        from trellis.core.protection import Part
        from trellis.core.reference_data import register_loader

        register_loader(load_samples)

        chronology.register("assessment.started", "Assessment begun", Part.ASSESSMENTS)
        chronology.register("assessment.signed_off", "Assessment signed off", Part.ASSESSMENTS)
        child_pages.register_page("Assessments", "child-assessments", position=22, part=Part.ASSESSMENTS)
        child_pages.register_due(assessment_due)
        closing.register_check(assessments_unfinished)
        childs_words.register(said_in_assessments)
