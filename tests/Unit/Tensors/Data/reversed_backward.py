#!/usr/bin/python3
"""Gradients of one step of an adaptation of ours, by torch: reversed_backward.py IN OUT, both files of torch.save."""
import sys

import torch

state = torch.load(sys.argv[1], weights_only=True)
x, target, weight, domain, domain_weight, factors = (
    state.pop(name) for name in ("x", "target", "weight", "domain", "domain_weight", "factors")
)
parts = {}
for name in dict.fromkeys(key.rsplit(".", 1)[0] for key in state):
    shape = state[name + ".weight"].shape
    if "norm" in name:
        parts[name] = torch.nn.BatchNorm1d(shape[0], eps=1e-3 if "final_adv" in name else 1e-5)
    elif "activation" in name:
        parts[name] = torch.nn.PReLU(shape[0])
    else:
        parts[name] = torch.nn.Linear(shape[1], shape[0])
    own = {key.rsplit(".", 1)[1]: value for key, value in state.items() if key.rsplit(".", 1)[0] == name}
    parts[name].load_state_dict(own, strict=False)

values = x
for layer in range(sum(name.startswith("hidden") for name in parts)):
    values = parts[f"activation.{layer}"](parts[f"norm.{layer}"](parts[f"hidden.{layer}"](values)))
logits = parts["output"](values)
adversary = parts["final_adv_activation_1"](parts["final_adv_norm_1"](parts["final_adv_dense_1"](values)))
adversary = parts["final_dense_adv"](adversary)[:, 0]

n = len(target)
losses = {
    "class": (torch.nn.functional.cross_entropy(logits[:n], target, reduction="none") * weight).sum() / n,
    "domain": (
        torch.nn.functional.binary_cross_entropy_with_logits(adversary[n:], domain, reduction="none") * domain_weight
    ).sum() / len(domain),
}
result = {}
for name, part in parts.items():
    for key, parameter in part.named_parameters():
        of = [
            torch.autograd.grad(loss, parameter, retain_graph=True, allow_unused=True)[0] for loss in losses.values()
        ]
        if of[1] is None:
            gradient = of[0]
        elif of[0] is None:
            gradient = of[1]
        else:
            gradient = factors[0] * of[0] - factors[1] * of[1]
        result[f"{name}.{key}"] = gradient
torch.save(result, sys.argv[2])
