from claimtrack.conflicts.claims import Claim, read_claim
from claimtrack.conflicts.pairs import find_pairs
from claimtrack.models import ClaimText


def read(*texts: str) -> list[Claim]:
    return [read_claim(ClaimText(text=text)) for text in texts]


def test_claims_on_one_matter_are_paired_and_others_not() -> None:
    claims = read(
        "The ferry to Ibo was suspended",
        "The ferry to Ibo never stopped",
        "Rice prices rose",
        "Rice prices fell",
    )
    assert find_pairs(claims).pairs == ((0, 1), (2, 3))


def test_no_pair_of_one_claim_with_itself_and_none_twice() -> None:
    pairs = find_pairs(read(*[f"The ferry to Ibo carried {n} lorries" for n in range(30)])).pairs
    assert all(left < right for left, right in pairs)
    assert len(set(pairs)) == len(pairs)


def test_opposite_evaluations_of_one_target_are_paired_whatever_else_they_say() -> None:
    claims = read(
        "Norway remains a crucial partner", "The trouble is the unreliability of suppliers like Norway"
    )
    assert find_pairs(claims).pairs == ((0, 1),)


def test_the_work_does_not_grow_with_the_square() -> None:
    claims = read(*[f"The ferry to Ibo carried lorry number {n} across the strait" for n in range(600)])
    found = find_pairs(claims)
    assert found.possible == 600 * 599 // 2
    assert len(found.pairs) < 600 * 30
    assert found.dropped > 0


def test_nothing_to_pair() -> None:
    assert find_pairs([]).pairs == ()
    assert find_pairs(read("", "…", "  ")).pairs == ()


def test_a_large_subject_is_split_by_a_second_word() -> None:
    ferry = [f"The ferry to Ibo carried {n} lorries" for n in range(300)]
    rice = [f"Rice from Quelimane cost {n} pounds" for n in range(300)]
    both = ["The ferry carried no rice in March", "The ferry carried rice in April, hardly any"]
    claims = read(*ferry, *rice, *both)
    found = find_pairs(claims)
    assert (600, 601) in found.pairs
    assert len(found.pairs) + found.dropped <= found.possible


def test_what_is_left_out_is_never_told_as_less_than_it_is() -> None:
    claims = read(*[f"The ferry to Ibo carried lorry {n}" for n in range(200)])
    found = find_pairs(claims)
    assert found.dropped == found.possible - len(found.pairs)


def test_one_word_in_common_is_enough_however_much_else_each_says() -> None:
    claims = read(
        "Zebras graze beside canals, meadows, orchards, ponds, quarries, rivers, swamps, tracks, walls, "
        "barns and bridges",
        "Coal, cotton, flax, grain, hemp, iron, lead, salt, silk, tin, timber and wool were paid in zebras",
    )
    assert find_pairs(claims).pairs == ((0, 1),)


def test_a_rare_word_pairs_claims_whose_other_words_everybody_uses() -> None:
    common = "Barns, canals, coal, cotton, ferries, flax, grain, hemp, iron, lead, meadows and orchards burnt"
    claims = read(*[f"{common} {n} times" for n in range(100, 200)], f"{common} in zinc", f"Zinc: {common}")
    assert (100, 101) in find_pairs(claims).pairs
