"""The Boundary Index and its bands."""

import numpy as np
import pandas as pd
from small_waves import PREFERENCE, TO_HOME, TO_WORK, a_scale

from analytics.segment import bands, boundary

THREE = (PREFERENCE, TO_HOME, TO_WORK)
NAN = np.nan


def frame(preference=None, to_home=None, to_work=None):
    given = {"EVK.preference": preference, "EVK.enactment_wh": to_home, "EVK.enactment_hw": to_work}
    return pd.DataFrame({name: values for name, values in given.items() if values is not None}, dtype=float)


def test_full_index_is_the_mean_of_the_three_parts_turned_toward_segmentation():
    found = boundary(frame([80, 100, 0], [40, 0, 100], [10, 0, 100]), THREE)
    assert found.kind == "full" and found.parts == tuple(scale.id for scale in THREE)
    np.testing.assert_allclose(found.values, [(80 + 60 + 90) / 3, 100, 0])


def test_two_of_three_parts_are_enough_and_one_is_not():
    found = boundary(frame([80, 80, NAN], [40, NAN, NAN], [NAN, NAN, 10]), THREE)
    np.testing.assert_allclose(found.values, [70, NAN, NAN])


def test_thirds_that_add_up_to_sixty_are_exactly_sixty():
    parts = (1000 / 12, 45.0, 700 / 12)
    assert (parts[0] + (100 - parts[1]) + (100 - parts[2])) / 3 < 60
    found = boundary(frame(*([part] for part in parts)), THREE)
    assert found.values[0] == 60.0 and bands(found.values)[0] == 3


def test_a_file_with_two_parts_says_which_is_missing():
    found = boundary(frame([80], [40]), THREE)
    assert found.kind == "full" and found.values[0] == 70
    assert "two of its three parts" in found.sentence and "private matters" in found.sentence


def test_one_part_of_three_items_is_the_index_under_its_own_name():
    after_hours = a_scale("custom.after_hours", "enactment_wh", list("abc"))
    found = boundary(pd.DataFrame({"custom.after_hours": [30.0, NAN]}), (after_hours,))
    assert found.kind == "work-to-home only"
    np.testing.assert_allclose(found.values, [70, NAN])
    preference = boundary(frame([30.0]), THREE)
    assert preference.kind == "preference only" and preference.values[0] == 30
    back = a_scale("custom.back", "enactment_hw", list("abc"))
    assert boundary(pd.DataFrame({"custom.back": [30.0]}), (back,)).kind == "home-to-work only"


def test_one_part_of_two_items_is_no_index_and_says_why():
    found = boundary(frame(to_home=[30.0]), THREE)
    assert found.kind == "absent" and np.isnan(found.values).all() and found.parts == ()
    assert "2 questions" in found.sentence and "3 are needed" in found.sentence


def test_a_scale_that_nobody_answered_is_no_part():
    assert boundary(frame([NAN, NAN], [40, 20], [40, 20]), THREE).parts == ("EVK.enactment_wh", "EVK.enactment_hw")
    assert boundary(frame(), THREE).kind == "absent"


def test_bands_include_their_own_ends():
    values = np.array([0, 40, 40.000001, 59.999999, 60, 100, NAN])
    assert bands(values).tolist() == [1, 1, 2, 2, 3, 3, 0]
