"""Makes the small models with random weights that the tests read, and what PyTorch computes with them.

Run with Hugging Face's transformers 5 and PyTorch 2:  python golden.py FOLDER
"""

import json
import pathlib
import sys

import torch
import transformers as t

OUT = pathlib.Path(sys.argv[1])
VOCABULARY = 40
ENCODER = dict(
    vocab_size=VOCABULARY, hidden_size=12, num_hidden_layers=2, num_attention_heads=3,
    intermediate_size=20, max_position_embeddings=20, type_vocab_size=2)
DECODER = dict(
    vocab_size=VOCABULARY, d_model=12, encoder_layers=2, decoder_layers=2, encoder_attention_heads=3,
    decoder_attention_heads=2, encoder_ffn_dim=20, decoder_ffn_dim=16, max_position_embeddings=18,
    pad_token_id=1, bos_token_id=0, eos_token_id=2, decoder_start_token_id=2,
    forced_bos_token_id=None, forced_eos_token_id=None)
TEXTS = [[5, 9, 31, 7, 6, 30, 2, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20], [7], [3, 39, 39, 4, 25]]
BEFORE = [[2, 8, 21, 22], [2, 4], [2, 33, 34, 35, 36, 37, 5]]


def randomized(model, seed):
    generator = torch.Generator().manual_seed(seed)
    with torch.no_grad():
        for name, p in model.named_parameters():
            if not p.requires_grad:  # Marian's sines and cosines
                continue
            noise = torch.randn(p.shape, generator=generator)
            norm = "norm" in name.lower() or "ln_" in name
            p.copy_((1 if norm and name.endswith("weight") else 0) + 0.4 * noise)
        for name, b in model.named_buffers():
            if name == "final_logits_bias":
                b.copy_(0.4 * torch.randn(b.shape, generator=generator))
    return model.eval()


def write(name, model, expected, **saving):
    folder = OUT / name
    model.save_pretrained(folder, **saving)
    (folder / "generation_config.json").unlink(missing_ok=True)
    (folder / "expected.json").write_text(json.dumps(expected))


def rows(tensor):
    return [float("%.8g" % x) for x in tensor.detach().float().flatten()]


def encoder(name, model, types=False, saving=None):
    expected = []
    for ids in TEXTS:
        text = {"ids": ids}
        given = {"input_ids": torch.tensor([ids])}
        if types:
            text["types"] = [int(i >= len(ids) // 2) for i in range(len(ids))]
            given["token_type_ids"] = torch.tensor([text["types"]])
        text["rows"] = rows(model(**given).last_hidden_state)
        expected.append(text)
    write(name, model, expected, **(saving or {}))


def greedy(step, ids, count):
    ids = list(ids)
    for _ in range(count):
        ids.append(int(step(torch.tensor([ids]))[0, -1].argmax()))
    return ids


def sequence_to_sequence(name, model):
    expected = []
    for ids, before in zip(TEXTS, BEFORE):
        source = torch.tensor([ids])
        logits = lambda d: model(input_ids=source, decoder_input_ids=d).logits
        expected.append({
            "ids": ids, "before": before, "rows": rows(logits(torch.tensor([before]))),
            "written": greedy(logits, [2], 12)})
    write(name, model, expected)


with torch.no_grad():
    encoder("bert", randomized(t.BertModel(t.BertConfig(**ENCODER)), 1), types=True)
    shards = randomized(t.BertModel(t.BertConfig(**ENCODER)), 1)
    encoder("bert-shards", shards, types=True, saving=dict(max_shard_size="6KB"))
    for name, kind in [("float16", torch.float16), ("bfloat16", torch.bfloat16)]:
        model = randomized(t.BertModel(t.BertConfig(**ENCODER)), 2).to(kind)
        rounded = t.BertModel(t.BertConfig(**ENCODER)).eval()
        rounded.load_state_dict({k: v.float() for k, v in model.state_dict().items()})
        encoder("bert-" + name, rounded)
        model.save_pretrained(OUT / ("bert-" + name))
    head = randomized(t.BertForMaskedLM(t.BertConfig(hidden_act="gelu_new", **ENCODER)), 3)
    encoder("bert-masked", head.bert)
    head.save_pretrained(OUT / "bert-masked")
    roberta = dict(ENCODER, type_vocab_size=1, pad_token_id=1)
    encoder("roberta", randomized(t.RobertaModel(t.RobertaConfig(**roberta)), 4))
    encoder("xlm-roberta", randomized(t.XLMRobertaModel(t.XLMRobertaConfig(**roberta)), 5))
    electra = t.ElectraForPreTraining(t.ElectraConfig(embedding_size=8, **ENCODER))
    encoder("electra", randomized(electra, 6).electra, types=True)
    electra.save_pretrained(OUT / "electra")
    distil = t.DistilBertConfig(
        vocab_size=VOCABULARY, dim=12, n_layers=2, n_heads=3, hidden_dim=20,
        max_position_embeddings=20)
    encoder("distilbert", randomized(t.DistilBertModel(distil), 7))

    gpt = randomized(t.GPT2LMHeadModel(t.GPT2Config(
        vocab_size=VOCABULARY, n_embd=12, n_layer=2, n_head=3, n_positions=32)), 8)
    logits = lambda d: gpt(input_ids=d).logits
    write("gpt2", gpt, [
        {"ids": ids, "rows": rows(logits(torch.tensor([ids]))), "written": greedy(logits, ids, 12)}
        for ids in TEXTS])

    sequence_to_sequence(
        "bart", randomized(t.BartForConditionalGeneration(t.BartConfig(**DECODER)), 9))
    sequence_to_sequence("marian", randomized(t.MarianMTModel(t.MarianConfig(
        scale_embedding=True, activation_function="swish", **DECODER)), 10))
