"""Trains the inference model of the comparer and writes ``weights/comparer.onnx``.

    python -m training.comparer train  --gold ../shared/gold --base MODEL_FOLDER --run runs/comparer
    python -m training.comparer turned --gold ../shared/gold --base MODEL_FOLDER --run runs/comparer
    python -m training.comparer tune   --gold ../shared/gold --base MODEL_FOLDER --run runs/comparer
    python -m training.comparer again  --gold ../shared/gold --base MODEL_FOLDER --run runs/comparer
    python -m training.comparer read   --gold ../shared/gold --base MODEL_FOLDER --run runs/comparer
    python -m training.comparer more   --gold ../shared/gold --base MODEL_FOLDER --run runs/comparer
    python -m training.comparer export --base MODEL_FOLDER --run runs/comparer

A cross-encoder over ``[CLS] a [SEP] b [SEP]`` with three classes (contradiction, entailment, neutral);
a side whose cue is known reads ``cue: content``.
Corpora whose licence forbids commercial use (ANLI, SICK, IMPPRES) and corpora of one class only
(wikifactcheck, msr_paraphrase) are left out; decode's contradictions are balanced with shuffled pairs.
Statements of the attribution train part give pairs of one speaker (neutral, unless they occur in the
pairs the comparer is measured on) and, by changing one word, pairs that differ in one respect.

``train`` learns from the corpora what a contradiction is. ``turned`` goes through them once more with the
sides exchanged: contradiction is symmetric, of any other pair it is then known only that it is none.
``tune`` goes on from there with the groups of
``training/groups`` (one fictional speaker each, see ``groups.py``), all of them in every epoch, and a
share of the corpora, so that nothing is forgotten: that teaches what one person's statements are like.
``again`` goes through most of the corpora once more, every other pair with its sides exchanged, with the groups
among them, so that neither is learnt at the cost of the other. ``read`` does so again with the pairs of real
news among them that the model had thought likeliest to conflict (``near_pairs.tsv``, labelled by reading):
nearly none of them does. That makes it shy of that news' reversals, so ``more`` goes on from ``again``, too, with less
of the corpora and without those pairs.
"""

import argparse
import collections
import gzip
import json
import random
import re
import time
from collections.abc import Sequence
from pathlib import Path

import torch
from torch import nn
from torch.nn import functional as F
from transformers import AutoModel

from claimtrack.conflicts.cross_encoder import LONGEST, shown_text
from claimtrack.inference import CLS, SEP, load_word_pieces
from training.groups import CONFLICTS, Group, Said, load_groups

LABELS = ("contradiction", "entailment", "neutral")
NONE = "no contradiction"
"""Label of a pair that entails or is neutral, nobody knows which."""
REHEARSED = 0.25
"""Share of the corpora's pairs that is seen again while tuning."""
MIXED_SHARE = {"again": 0.6, "read": 0.5, "more": 0.22}
"""Share of the corpora's pairs that these stages see."""
MIXED_DRAWS = 2
"""How often they see the groups: all their conflicts, other pairs that hold together each time."""
MIXED_RATE = {"again": 0.75, "read": 0.6, "more": 0.65}
"""Of the learning rate: most is known by then."""
READ_DRAWS = 3
"""How often ``read`` sees the labelled pairs of news."""
MEAN_OF = {"again": 0.2, "read": 0.45, "more": 0.35}
"""Shares of these stages' weights in the exported ones (Wortsman et al. 2022: what each has unlearnt of the others is
less lost); chosen, of nine mixtures, on the sets of development."""
NEUTRAL_SHARE = 2
"""Pairs of groups that hold together, drawn in every epoch for each one that does not."""
CUE_SHOWN = 0.75
"""Share of a group's pairs that show the cues; the corpora have none."""
NEAR_PAIRS = Path(__file__).parent / "near_pairs.tsv"
SEED = 20261121
SHARES = {
    "mnli": 38000, "snli": 4000, "counterfactual_nli": 8200, "fever": 3900, "fool_me_twice": 1300,
    "climate_fever": 3000, "covidfact": 3500, "negation_scope": 4000, "conjnli": 3000,
    "negation_nli": 1400, "rte2_negated": 200, "chatprotect": 2500, "emergent": 1200, "decode": 4500,
}  # fmt: skip
REPEATED = {"emergent": 3, "negation_nli": 2, "rte2_negated": 4}


class Comparer(nn.Module):
    """Encoder and the three class scores of each pair."""

    def __init__(self, base: str) -> None:
        super().__init__()
        self.encoder = AutoModel.from_pretrained(base, add_pooling_layer=False)
        width = self.encoder.config.hidden_size
        self.dropout = nn.Dropout(0.1)
        self.dense = nn.Linear(2 * width, width)
        self.classes = nn.Linear(width, len(LABELS))

    def forward(self, ids: torch.Tensor) -> torch.Tensor:
        mask = (ids != 0).long()
        found = self.encoder(input_ids=ids, attention_mask=mask, token_type_ids=sides_of(ids) * mask)
        weights = mask.unsqueeze(-1).to(found.last_hidden_state.dtype)
        mean = (found.last_hidden_state * weights).sum(1) / weights.sum(1)
        return self.judge(found.last_hidden_state[:, 0], mean)

    def judge(self, first: torch.Tensor, mean: torch.Tensor) -> torch.Tensor:
        pooled = torch.tanh(self.dense(self.dropout(torch.cat([first, mean], dim=-1))))
        return self.classes(self.dropout(pooled))


class Unpadded(nn.Module):
    """The comparer as it is shipped: a pair runs alone, in both orders of one length, so nothing is masked."""

    def __init__(self, comparer: Comparer) -> None:
        super().__init__()
        self.comparer = comparer
        comparer.encoder.set_attn_implementation("eager")

    def forward(self, ids: torch.Tensor) -> torch.Tensor:
        encoder = self.comparer.encoder
        embedded = encoder.embeddings(input_ids=ids, token_type_ids=sides_of(ids))
        hidden = encoder.encoder(embedded).last_hidden_state
        return self.comparer.judge(hidden[:, 0], hidden.mean(1))


def sides_of(ids: torch.Tensor) -> torch.Tensor:
    """Returns 0 for the pieces of the first side, its separator included, 1 for those after it."""
    ends = (ids == SEP).long()
    return (torch.cumsum(ends, 1) - ends).clamp(max=1)


def encode(a: str, b: str) -> list[int]:
    pieces = load_word_pieces()
    return [CLS, *pieces.encode(a).ids[:LONGEST], SEP, *pieces.encode(b).ids[:LONGEST], SEP]


# ---------------------------------------------------------------------- data


def load_corpora(folder: Path, rng: random.Random) -> list[tuple[str, str, str]]:
    pairs = []
    for name, most in SHARES.items():
        with gzip.open(folder / f"{name}.jsonl.gz", "rt", encoding="utf-8") as lines:
            rows = [json.loads(line) for line in lines]
        rng.shuffle(rows)
        chosen = [(r["a"], r["b"], r["label"]) for r in rows[:most]]
        if name == "decode":
            shuffled = [b for _, b, _ in chosen]
            rng.shuffle(shuffled)
            chosen += [(a, b, "neutral") for (a, _, _), b in zip(chosen, shuffled, strict=True)]
        pairs += chosen * REPEATED.get(name, 1)
    return pairs


def load_statements(gold: Path) -> dict[str, list[str]]:
    """Statements by speaker, without any that occurs in the pairs for measuring."""
    measured = set()
    for line in (gold / "conflicts/campaign-dev.jsonl").open(encoding="utf-8"):
        pair = json.loads(line)
        for side in (pair["a"], pair["b"]):
            measured |= {(side["doc"], start) for start, _ in side["spans"]}
    extra = {json.loads(x)["doc"] for x in (gold / "attribution/polnear-extra-dev/gold.jsonl").open()}
    folder = gold / "attribution/polnear-train"
    by_speaker = collections.defaultdict(list)
    for line in (folder / "gold.jsonl").open(encoding="utf-8"):
        record = json.loads(line)
        if record["doc"] in extra:
            continue
        with (folder / "docs" / record["doc"]).open(encoding="utf-8", newline="") as file:
            text = file.read()
        for s in record["statements"]:
            if s["speech"] and not any((record["doc"], a) in measured for a, _ in s["content"]):
                said = " ".join(text[a:b] for a, b in s["content"])
                if len(said.split()) >= 4:
                    by_speaker[s["speaker"] or "-"].append(said)
    return by_speaker


WORD = re.compile(r"[a-z]{4,}")


def near_pairs(
    by_speaker: dict[str, list[str]], count: int, rng: random.Random
) -> list[tuple[str, str, str]]:
    """Pairs of one speaker that share rare words: in the news nearly none of them conflict."""
    df = collections.Counter(w for s in by_speaker.values() for t in s for w in set(WORD.findall(t.lower())))
    found = []
    for speaker, texts in sorted(by_speaker.items()):
        if speaker == "-":
            continue
        index = collections.defaultdict(list)
        for text in texts:
            for word in set(WORD.findall(text.lower())):
                if df[word] <= 150:
                    index[word].append(text)
        for same in index.values():
            for _ in range(min(15, len(same))):
                a, b = rng.choice(same), rng.choice(same)
                if a != b:
                    found.append((a, b, "neutral"))
    rng.shuffle(found)
    return found[:count]


AUXILIARY = re.compile(
    r"\b(is|are|was|were|will|would|has|have|had|can|could|should|did|does|do)\b(?! (?:not|n['’]t|never))"
)
NEGATED = re.compile(
    r"\b(is|are|was|were|will|would|has|have|had|could|should|did|does|do)(?: not|n['’]t|n’t)\b"
)
NUMBER = re.compile(r"(?<![\w.,])\d{1,3}(?:,\d{3})*(?:\.\d+)?(?![\w,])")
PLACES = ("India", "Pakistan", "China", "Russia", "Iran", "Iraq", "Syria", "Mexico", "Germany", "France", "Kabul",
          "London", "Karachi", "Islamabad", "New York", "Florida", "Ohio", "Texas", "Moscow", "Beijing", "Dhaka", "Delhi")  # fmt: skip
PLACE = re.compile(r"\b(?:" + "|".join(PLACES) + r")\b")
OPPOSITE = {"support": "oppose", "supports": "opposes", "increase": "decrease", "raise": "lower", "more": "fewer",
            "always": "never", "safe": "dangerous", "best": "worst", "good": "bad", "strong": "weak", "true": "false",
            "before": "after", "win": "lose", "won": "lost", "reliable": "unreliable", "legal": "illegal", "up": "down",
            "all": "none", "open": "closed", "right": "wrong", "love": "hate", "guilty": "innocent", "begin": "end",
            "rise": "fall", "rose": "fell", "higher": "lower", "accept": "reject", "accepted": "rejected"}  # fmt: skip
OPPOSITE |= {v: k for k, v in OPPOSITE.items() if k not in ("all", "more")}
OPPOSITE_WORD = re.compile(r"\b(?:" + "|".join(OPPOSITE) + r")\b")


def changed(text: str, rng: random.Random) -> tuple[str, str] | None:
    """Returns the text with one respect changed and the label of the pair; None where nothing fits."""
    ways = []
    if m := AUXILIARY.search(text):
        ways.append((text[: m.end()] + rng.choice([" not", " never"]) + text[m.end() :], "contradiction"))
    if m := NEGATED.search(text):
        ways.append((text[: m.start()] + m[1] + text[m.end() :], "contradiction"))
    if m := NUMBER.search(text):
        value = float(m[0].replace(",", ""))
        new = value * rng.choice([0.4, 0.6, 1.5, 2, 3]) + rng.choice([1, 2])
        ways.append((text[: m.start()] + f"{new:,.0f}" + text[m.end() :], "contradiction"))
    if m := PLACE.search(text):
        other = rng.choice([p for p in PLACES if p != m[0]])
        ways.append((text[: m.start()] + other + text[m.end() :], rng.choice(["contradiction", "neutral"])))
    if m := OPPOSITE_WORD.search(text):
        ways.append((text[: m.start()] + OPPOSITE[m[0]] + text[m.end() :], "contradiction"))
    words = text.split()
    if len(words) > 14:
        cut = rng.randint(8, len(words) - 4)
        ways.append((" ".join(words[:cut]), "entailment"))
    if not ways or rng.random() < 0.15:
        ways.append((text, "entailment"))
    return rng.choice(ways)


def news_pairs(gold: Path, rng: random.Random) -> list[tuple[str, str, str]]:
    by_speaker = load_statements(gold)
    pairs = near_pairs(by_speaker, 8000, rng)
    texts = [t for s in sorted(by_speaker) for t in by_speaker[s] if len(t.split()) < 45]
    rng.shuffle(texts)
    for text in texts[:8000]:
        if (made := changed(text, rng)) is not None:
            pairs.append((text, *made) if rng.random() < 0.5 else (made[0], text, made[1]))
    return [p for p in pairs if not (p[2] == "entailment" and len(p[0]) < len(p[1]))]


def group_pairs(groups: list[Group], rng: random.Random) -> list[tuple[str, str, str]]:
    """Returns the pairs of one epoch: all that conflict or say the same, some that hold together."""
    found, together = [], []
    for group in groups:
        for a, b, relation in group.pairs():
            left, right = shown(a, b, rng) if rng.random() < 0.5 else shown(b, a, rng)
            if relation is None:
                together.append((left, right, "neutral"))
            else:
                found.append((left, right, "contradiction" if relation in CONFLICTS else "entailment"))
    others = [group.statements for group in groups]
    strangers = [tuple(rng.choice(rng.choice(others)) for _ in range(2)) for _ in range(len(found) // 3)]
    together = rng.sample(together, min(len(together), NEUTRAL_SHARE * len(found)))
    return found + together + [(*shown(a, b, rng), "neutral") for a, b in strangers]


def shown(a: Said, b: Said, rng: random.Random) -> tuple[str, str]:
    """Returns both sides with their cues or both without."""
    with_cues = rng.random() < CUE_SHOWN
    left, right = (shown_text(said.text, said.cue if with_cues else None) for said in (a, b))
    return left, right


# ------------------------------------------------------------------ training


def batches(pairs, size: int, rng: random.Random):
    encoded = [(encode(a, b), (*LABELS, NONE).index(label)) for a, b, label in pairs]
    encoded.sort(key=lambda e: len(e[0]) + rng.random() * 6)
    groups = [encoded[i : i + size] for i in range(0, len(encoded), size)]
    rng.shuffle(groups)
    return groups


def first_pairs(gold: Path, rng: random.Random) -> list[tuple[str, str, str]]:
    pairs = load_corpora(gold / "contradiction/train", rng) + news_pairs(gold, rng)
    rng.shuffle(pairs)
    return pairs


def train(args: argparse.Namespace) -> None:
    pairs = first_pairs(Path(args.gold), random.Random(SEED))
    learn(args, Comparer(args.base), "train", [pairs])


def turn(args: argparse.Namespace) -> None:
    pairs = first_pairs(Path(args.gold), random.Random(SEED))
    learn(args, load(args, "train"), "turned", [[exchanged(pair) for pair in pairs]])


def load(args: argparse.Namespace, stage: str) -> Comparer:
    model = Comparer(args.base)
    model.load_state_dict(torch.load(Path(args.run) / f"{stage}.pt"))
    return model


def class_loss(scores: torch.Tensor, labels: torch.Tensor) -> torch.Tensor:
    """Cross-entropy; of a pair labelled ``NONE`` the two other classes count as one."""
    known = labels < len(LABELS)
    loss = scores.new_zeros(())
    if known.any():
        loss = loss + F.cross_entropy(scores[known], labels[known], label_smoothing=0.05, reduction="sum")
    if not known.all():
        loss = loss - torch.logsumexp(F.log_softmax(scores[~known], -1)[:, 1:], -1).sum()
    return loss / len(labels)


def tune(args: argparse.Namespace) -> None:
    rng = random.Random(SEED + 1)
    pairs = first_pairs(Path(args.gold), rng)
    pairs = pairs[: int(REHEARSED * len(pairs))]
    groups = load_groups(Path(__file__).parent / "groups")
    learn(
        args,
        load(args, "turned"),
        "tune",
        [pairs[part :: args.epochs] + group_pairs(groups, rng) for part in range(args.epochs)],
    )


def again(args: argparse.Namespace) -> None:
    mix(args, "tune", "again", random.Random(SEED + 7))


def read(args: argparse.Namespace) -> None:
    rng = random.Random(SEED + 9)
    labelled = load_read(Path(args.gold) / "attribution/polnear-train")
    mix(args, "again", "read", rng, [pair for _ in range(READ_DRAWS) for pair in read_pairs(labelled, rng)])


def more(args: argparse.Namespace) -> None:
    mix(args, "again", "more", random.Random(SEED + 11))


def mix(
    args: argparse.Namespace,
    before: str,
    stage: str,
    rng: random.Random,
    others: Sequence[tuple[str, str, str]] = (),
) -> None:
    """Goes on with corpora, every other pair with its sides exchanged, groups and the ``others``."""
    pairs = first_pairs(Path(args.gold), rng)
    pairs = pairs[: int(MIXED_SHARE[stage] * len(pairs))]
    mixed = [exchanged(pair) if rng.random() < 0.5 else pair for pair in pairs]
    mixed += others
    groups = load_groups(Path(__file__).parent / "groups")
    for _ in range(MIXED_DRAWS):
        mixed += group_pairs(groups, rng)
    rng.shuffle(mixed)
    args.rate *= MIXED_RATE[stage]
    learn(args, load(args, before), stage, [mixed])


def load_read(folder: Path) -> list[tuple[Said, Said, str]]:
    """Returns both statements and the label of every pair of ``near_pairs.tsv``, whose words are in ``folder``."""
    said = {}
    for line in (folder / "gold.jsonl").open(encoding="utf-8"):
        record = json.loads(line)
        with (folder / "docs" / record["doc"]).open(encoding="utf-8", newline="") as file:
            text = file.read()
        for s in record["statements"]:
            if s["content"]:
                content, cue = (" ".join(text[a:b] for a, b in s[part]) for part in ("content", "cue"))
                said[record["doc"], s["content"][0][0]] = Said(cue, "", " ".join(content.split()))
    rows = (line.split("\t") for line in NEAR_PAIRS.read_text(encoding="utf-8").splitlines())
    return [(said[a, int(i)], said[b, int(j)], label) for a, i, b, j, label in rows]


def read_pairs(labelled: list[tuple[Said, Said, str]], rng: random.Random) -> list[tuple[str, str, str]]:
    found = []
    for a, b, label in labelled:
        left, right = shown(a, b, rng) if rng.random() < 0.5 else shown(b, a, rng)
        found.append((left, right, "contradiction" if label in CONFLICTS else NONE))
    return found


def exchanged(pair: tuple[str, str, str]) -> tuple[str, str, str]:
    """Returns the pair with its sides exchanged; of what was no contradiction it is only known that it is none."""
    a, b, label = pair
    return b, a, label if label == "contradiction" else NONE


def learn(args: argparse.Namespace, model: Comparer, stage: str, epochs: list) -> None:
    """Trains on one list of pairs after the other; the averaged weights go to ``<stage>.pt``."""
    torch.manual_seed(SEED)
    torch.set_num_threads(args.threads)
    run = Path(args.run)
    run.mkdir(parents=True, exist_ok=True)
    for parameter in model.encoder.embeddings.parameters():
        parameter.requires_grad = False
    layers = model.encoder.encoder.layer
    groups = [{"params": [*model.dense.parameters(), *model.classes.parameters()], "lr": args.rate}]
    for depth, layer in enumerate(layers):
        groups.append(
            {"params": list(layer.parameters()), "lr": args.rate * 0.9 ** (len(layers) - 1 - depth)}
        )
    optimizer = torch.optim.AdamW(groups, weight_decay=0.01)
    total = sum(-(-len(pairs) // args.batch) for pairs in epochs)
    warm = total // 15
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda s: min((s + 1) / warm, max(0.02, (total - s) / (total - warm)))
    )
    average = {k: v.clone() for k, v in model.state_dict().items()}
    log = (run / f"{stage}.txt").open("a")
    counts = collections.Counter(label for pairs in epochs for _, _, label in pairs)
    print(
        f"{stage}: {counts}, {total} steps, epochs {len(epochs)}, batch {args.batch}, rate {args.rate}",
        file=log,
        flush=True,
    )
    step, started, seen = 0, time.time(), []
    for epoch, pairs in enumerate(epochs):
        model.train()
        for batch in batches(pairs, args.batch, random.Random(SEED + epoch)):
            longest = max(len(ids) for ids, _ in batch)
            ids = torch.zeros(len(batch), longest, dtype=torch.long)
            for row, (one, _) in enumerate(batch):
                ids[row, : len(one)] = torch.tensor(one)
            with torch.autocast("cpu", dtype=torch.bfloat16):
                scores = model(ids)
            loss = class_loss(scores.float(), torch.tensor([y for _, y in batch]))
            loss.backward()
            nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimizer.step()
            schedule.step()
            optimizer.zero_grad()
            seen.append(loss.item())
            step += 1
            keep = min(0.998, (1 + step) / (10 + step))
            with torch.no_grad():
                for name, value in model.state_dict().items():
                    if value.is_floating_point():
                        average[name].lerp_(value, 1 - keep)
            if step % 100 == 0:
                print(
                    f"epoch {epoch} step {step}/{total} loss {sum(seen[-100:]) / 100:.4f} {time.time() - started:.0f} s",
                    file=log,
                    flush=True,
                )
            if step % 500 == 0 or step == total:
                torch.save(average, run / f"{stage}.pt.new")
                (run / f"{stage}.pt.new").rename(run / f"{stage}.pt")


def export(args: argparse.Namespace) -> None:
    """Writes the averaged weights as int8 ONNX, quantised per channel."""
    from onnxruntime.quantization import QuantType, quantize_dynamic
    from onnxruntime.quantization.shape_inference import quant_pre_process

    model = Comparer(args.base)
    weights = {stage: torch.load(Path(args.run) / f"{stage}.pt") for stage in MEAN_OF}
    model.load_state_dict(
        {
            name: sum(share * weights[stage][name] for stage, share in MEAN_OF.items())
            if value.is_floating_point()
            else value
            for name, value in model.state_dict().items()
        }
    )
    model.eval()
    plain, ready = Path(args.run) / "comparer-fp32.onnx", Path(args.run) / "comparer-ready.onnx"
    torch.onnx.export(
        Unpadded(model),
        (torch.randint(1000, 2000, (2, 32)),),
        str(plain),
        input_names=["ids"],
        output_names=["classes"],
        opset_version=17,
        dynamo=False,
        dynamic_axes={"ids": {0: "pair", 1: "piece"}, "classes": {0: "pair"}},
    )
    quant_pre_process(str(plain), str(ready), skip_symbolic_shape=True)
    quantize_dynamic(str(ready), args.out, per_channel=True, weight_type=QuantType.QInt8)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("verb", choices=["train", "turned", "tune", "again", "read", "more", "export"])
    parser.add_argument("--gold", default="../shared/gold")
    parser.add_argument("--base", required=True)
    parser.add_argument("--run", default="runs/comparer")
    parser.add_argument("--out", default="claimtrack/weights/comparer.onnx")
    parser.add_argument("--epochs", type=int, default=4, help="of tuning")
    parser.add_argument("--batch", type=int, default=32)
    parser.add_argument("--rate", type=float, default=2e-4)
    parser.add_argument("--threads", type=int, default=2)
    args = parser.parse_args()
    stages = {
        "train": train,
        "turned": turn,
        "tune": tune,
        "again": again,
        "read": read,
        "more": more,
        "export": export,
    }
    stages[args.verb](args)


if __name__ == "__main__":
    main()
