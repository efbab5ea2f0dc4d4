#!/usr/bin/python3
"""A network of ours on lists of objects, by torch in double, on lists that are filled up: padded_sets.py SHAPE.json IN OUT. IN has its state,
the inputs (x.NAME; of a list rows, slots, features, and n.NAME, how many are there) and what the logits are pulled by; OUT gets logits in
evaluation and in training, gradients and running moments."""
import json
import sys

import torch
from torch.nn import functional

shape = json.load(open(sys.argv[1]))
given = {name: value.double() for name, value in torch.load(sys.argv[2], weights_only=True).items()}
inputs = {name[2:]: given.pop(name) for name in list(given) if name.startswith("x.")}
counts = {name[2:]: given.pop(name) for name in list(given) if name.startswith("n.")}
pull = given.pop("pull")
weights = {name: value.clone().requires_grad_() for name, value in given.items() if "running" not in name}
moments = {name: value.clone() for name, value in given.items() if "running" in name}


def dense(name, values):
    return functional.linear(values, weights[name + ".weight"], weights[name + ".bias"])


def stack(values, prefix, spec):
    for number in range(1, len(spec["Widths"]) + 1):
        values = dense(f"{prefix}_dense_{number}", values)
        kind, activation = spec["Activation"], f"{prefix}_activation_{number}.weight"
        if kind == "prelu":
            slope = weights[activation]
            values = torch.where(values < 0, values * slope, values)
        else:
            values = getattr(functional, kind)(values)
    return values


def deep_set(part, name, objects, present):
    each = stack(objects, name + "_each", part["Each"]) * present[..., None]
    total = each.sum(1)
    if part["IsMean"]:
        total = total / present.sum(1, keepdim=True).clamp(min=1)
    return stack(total, name + "_together", part["Together"])


def attention(name, some, others, present, heads):
    query, key, value = dense(name + "_query", some), dense(name + "_key", others), dense(name + "_value", others)
    parts = [one.reshape(one.shape[0], one.shape[1], heads, -1).transpose(1, 2) for one in (query, key, value)]
    products = torch.matmul(parts[0], parts[1].transpose(2, 3)) / parts[0].shape[-1] ** 0.5
    products = products.masked_fill(present[:, None, None, :] == 0, -1e300)
    found = torch.matmul(torch.softmax(products, -1), parts[2]) * (present.sum(1) > 0)[:, None, None, None]
    found = query + found.transpose(1, 2).reshape(query.shape)
    return found + torch.relu(dense(name + "_out", found))


def set_transformer(part, name, objects, present):
    heads, rows = part["Heads"], len(objects)
    points = lambda named: weights[named + ".weight"].expand(rows, -1, -1)
    everyone = lambda some: torch.ones(some.shape[:2], dtype=torch.float64)
    values = dense(name + "_embedding", objects)
    for block in range(1, part["Blocks"] + 1):
        prefix = f"{name}_block_{block}"
        gathered = attention(prefix + "_gather", points(prefix + "_points"), values, present, heads)
        values = attention(prefix + "_spread", values, gathered, everyone(gathered), heads)
    found = attention(name + "_pool", points(name + "_seeds"), values, present, heads)
    return attention(name + "_among_seeds", found, found, everyone(found), heads).flatten(1)


PARTS = {"deep_set": deep_set, "set_transformer": set_transformer}


def forward(training):
    joined = [stack(inputs["tau"], "tau", shape["Tau"])]
    for part in shape["Sets"]:
        name = part["Input"]["Name"]
        present = (torch.arange(part["Input"]["Most"])[None, :] < counts[name][:, None]).double()
        joined.append(PARTS[part["Part"]](part, name, inputs[name], present))
    values = functional.batch_norm(
        torch.cat(joined, 1), moments["joined_norm.running_mean"], moments["joined_norm.running_var"], weights["joined_norm.weight"],
        weights["joined_norm.bias"], training, 0.1, 1e-3)
    return dense("final_dense_last", stack(values, "final", shape["Dense"]))


result = {"logits in evaluation": forward(False).detach()}
logits = forward(True)
logits.backward(pull)
result["logits"] = logits.detach()
result.update({name + ".grad": value.grad for name, value in weights.items()})
result.update(moments)
torch.save({name: value.float().contiguous() for name, value in result.items()}, sys.argv[3])
