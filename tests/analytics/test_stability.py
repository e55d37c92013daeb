"""Stability: figures of fpc and mclust on faithful, and groups that do or do not come again."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from simulated import EVK, survey
from sklearn.cluster import KMeans
from sklearn.metrics import adjusted_rand_score, calinski_harabasz_score, silhouette_score
from small_waves import reference, reference_table

from analytics.profiles import fit
from analytics.stability import adjusted_rand, jaccard, stability

FILES = Path(__file__).parents[1] / "data_files"


def table(a, b):
    return pd.crosstab(pd.Series(a), pd.Series(b)).to_numpy(float)


def test_rand_index_of_the_reference():
    entry = reference()["kmeans_gap_stability"]["values"]["ari"]
    assert adjusted_rand(table(entry["a"], entry["b"])) == pytest.approx(entry["ari"], abs=1e-8)
    assert adjusted_rand(table([1, 1, 1, 2, 2, 2, 3, 3, 3], [1, 1, 2, 2, 2, 3, 3, 3, 3])) == pytest.approx(
        0.357143, abs=1e-6
    )


def test_rand_index_of_scikit_learn():
    rng = np.random.default_rng(0)
    a, b = rng.integers(0, 3, 200), rng.integers(0, 4, 200)
    b[:100] = a[:100]
    assert adjusted_rand(table(a, b)) == pytest.approx(adjusted_rand_score(a, b))
    assert adjusted_rand(np.array([[5.0, 0], [0, 0]])) == 1.0


def test_jaccard_by_hand():
    np.testing.assert_allclose(jaccard(np.array([[8.0, 2], [1, 9]])), [8 / 11, 9 / 12])
    assert np.isnan(jaccard(np.array([[5.0, 0], [0, 0]]))[1])


@pytest.mark.parametrize("name", ["faithful", "iris"])
def test_two_profiles_come_again_as_two_clusters_do_in_fpc(name):
    x = pd.read_csv(FILES / "faithful.csv").to_numpy(float)
    if name == "iris":
        x = reference_table("iris.csv").iloc[:, :4].to_numpy(float)
    expected = reference()["kmeans_gap_stability"]["values"][name]["clusterboot_jaccard_k2"]
    index = x[:, 0] if name == "faithful" else x[:, 2]
    found = stability(x, fit(x, 2, index=index), index)
    np.testing.assert_allclose(sorted(found.jaccard), sorted(expected), atol=0.02)
    assert found.verdict == "stable" and found.ari > 0.95 and np.isnan(found.split_half)


@pytest.mark.parametrize("name", ["faithful", "iris"])
def test_plain_clusters_of_scikit_learn_are_those_of_the_reference(name):
    x = pd.read_csv(FILES / "faithful.csv").to_numpy(float)
    if name == "iris":
        x = reference_table("iris.csv").iloc[:, :4].to_numpy(float)
    z = (x - x.mean(axis=0)) / x.std(axis=0, ddof=1)
    for entry in reference()["kmeans_gap_stability"]["values"][name]["kmeans"]:
        runs = (KMeans(entry["k"], n_init=10, tol=0, random_state=seed).fit(z) for seed in range(60))
        # Partitions as good as each other to four decimals may differ by one row, so the reference's is looked for.
        peer = next(one for one in runs if same_partition(z, one, entry))
        assert calinski_harabasz_score(z, peer.labels_) == pytest.approx(entry["calinski"], rel=1e-5)
        assert sorted(np.bincount(peer.labels_)) == sorted(entry["sizes"])


def same_partition(z, peer, entry):
    """Whether k-means has ended at the reference's sum of squares and silhouette."""
    if abs(peer.inertia_ - entry["tot_withinss"]) > 1e-4:
        return False
    return abs(silhouette_score(z, peer.labels_) - entry["avg_silhouette"]) <= 1e-4


def test_clear_groups_come_again_in_each_half():
    questions = survey("classes", 600, EVK, 1, delta=6)
    x = questions.scores() * 100
    index = x.mean(axis=1)
    found = stability(x, fit(x, 2, index=index), index, draws=30)
    assert found.split_half > 0.8 and found.verdict == "stable" and "come again" in found.sentence
    assert found == stability(x, fit(x, 2, index=index), index, draws=30)


def test_order_of_people_and_the_other_coding_change_nothing():
    x = survey("classes", 450, EVK, 2, delta=5).scores() * 100
    x[:20, 1] = np.nan
    index = np.nanmean(x, axis=1)
    order = np.random.default_rng(0).permutation(len(x))
    before = stability(x, fit(x, 2, index=index), index, draws=10)
    after = stability(x[order], fit(x[order], 2, index=index[order]), index[order], draws=10)
    assert (after.ari, after.jaccard, after.split_half) == (before.ari, before.jaccard, before.split_half)


def test_three_classes_forced_on_two_are_not_stable():
    x = survey("classes", 300, EVK, 3, delta=6).scores() * 100
    index = x.mean(axis=1)
    found = stability(x, fit(x, 3, index=index), index, draws=20)
    assert found.verdict != "stable" and len(found.jaccard) == 3
