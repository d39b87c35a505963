"""Breakdowns several words share."""

from ibis import _

from trellis.measures.shape import Cut
from trellis.measures.tables import ETHNICITY_GROUPS, SEND, SEXES

by_sex = Cut("sex", _.sex, SEXES)
by_ethnicity_group = Cut("ethnicity_group", _.ethnicity_group, ETHNICITY_GROUPS)
by_send = Cut("send", _.send, SEND)
