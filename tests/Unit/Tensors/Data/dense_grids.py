#!/usr/bin/python3
"""A grid network of ours as a dense network of torch in double, over all cells: dense_grids.py SHAPE.json IN OUT. IN has its state, the inputs
(x.NAME; a grid as rows, features, eta, phi) and what the logits are pulled by; OUT gets logits in evaluation and in training, gradients
and running moments."""
import json
import sys

import torch
from torch.nn import functional

shape = json.load(open(sys.argv[1]))
given = {name: value.double() for name, value in torch.load(sys.argv[2], weights_only=True).items()}
inputs = {name[2:]: value for name, value in given.items() if name.startswith("x.")}
pull = given["pull"]
state = {name: value for name, value in given.items() if not name.startswith("x.") and name != "pull"}
weights = {name: value.clone().requires_grad_() for name, value in state.items() if "running" not in name}
moments = {name: value.clone() for name, value in state.items() if "running" in name}


def block(values, layer, norm, activation, kind, training):
    values = layer(values)
    values = functional.batch_norm(
        values, moments[norm + ".running_mean"], moments[norm + ".running_var"], weights[norm + ".weight"], weights[norm + ".bias"],
        training, 0.01, 1e-3)
    if kind == "prelu":
        return functional.prelu(values, weights[activation + ".weight"])
    return torch.tanh(values) if kind == "tanh" else torch.relu(values)


def dense(name):
    return lambda values: functional.linear(values, weights[name + ".weight"], weights[name + ".bias"])


def window(name):
    def layer(values):
        weight = weights[name + ".weight"]
        return functional.conv2d(values, weight if weight.dim() == 4 else weight[:, :, None, None], weights[name + ".bias"])
    return layer


def stack(values, prefix, word, spec, training):
    make = dense if word == "dense" else window
    for number in range(1, len(spec["Widths"]) + 1):
        names = [f"{prefix}_{part}_{number}" for part in (word, "norm", "activation")]
        values = block(values, make(names[0]), names[1], names[2], spec["Activation"], training)
    return values


def forward(training):
    joined = [stack(inputs["tau"], "tau", "dense", shape["Tau"], training)]
    for part in shape["Grids"]:
        prefix = part["Name"] + "_all"
        values = torch.cat([stack(inputs[one["Name"]], one["Name"], "conv", spec, training)
                            for one, spec in zip(part["Inputs"], part["Components"])], 1)
        values = stack(values, prefix, "conv", part["Merge"], training)
        for number, step in enumerate(part["Reduction"]["Steps"], 1):
            name = f"{prefix}_{step['Window']}x{step['Window']}"
            layer = window(f"{name}_conv_{number}") if step["Filters"] else lambda v, w=step["Window"]: functional.max_pool2d(v, w)
            values = block(values, layer, f"{name}_norm_{number}", f"{name}_activation_{number}", part["Reduction"]["Activation"], training)
        joined.append(values.flatten(1))
    return dense("final_dense_last")(stack(torch.cat(joined, 1), "final", "dense", shape["Dense"], training))


result = {"logits in evaluation": forward(False).detach()}
logits = forward(True)
logits.backward(pull)
result["logits"] = logits.detach()
result.update({name + ".grad": value.grad for name, value in weights.items()})
result.update(moments)
torch.save({name: value.float().contiguous() for name, value in result.items()}, sys.argv[3])
