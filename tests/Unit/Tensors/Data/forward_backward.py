#!/usr/bin/python3
"""Logits, loss, running moments and gradients of a network of ours, by torch: forward_backward.py IN OUT, both files of torch.save."""
import sys

import torch

state = torch.load(sys.argv[1], weights_only=True)
x, target, weight = (state.pop(name) for name in ("x", "target", "weight"))
parts = {}
for name in dict.fromkeys(key.rsplit(".", 1)[0] for key in state):
    shape = state[name + ".weight"].shape
    if name.startswith("norm"):
        parts[name] = torch.nn.BatchNorm1d(shape[0])
    elif name.startswith("activation"):
        parts[name] = torch.nn.PReLU(shape[0])
    else:
        parts[name] = torch.nn.Linear(shape[1], shape[0])
    own = {key.rsplit(".", 1)[1]: value for key, value in state.items() if key.rsplit(".", 1)[0] == name}
    missing, unexpected = parts[name].load_state_dict(own, strict=False)
    assert set(missing) <= {"num_batches_tracked"} and not unexpected, (name, missing, unexpected)

values = x
for layer in range(sum(name.startswith("hidden") for name in parts)):
    values = parts[f"norm.{layer}"](parts[f"hidden.{layer}"](values))
    values = parts[f"activation.{layer}"](values) if f"activation.{layer}" in parts else values.relu()
logits = parts["output"](values)
loss = (torch.nn.functional.cross_entropy(logits, target, reduction="none") * weight).sum() / len(x)
loss.backward()

result = {"logits": logits.detach(), "loss": loss.detach()}
for name, part in parts.items():
    for key, parameter in part.named_parameters():
        result[f"{name}.{key}.grad"] = parameter.grad
    for key, buffer in part.named_buffers():
        if key.startswith("running"):
            result[f"{name}.{key}"] = buffer
torch.save(result, sys.argv[2])
