#!/usr/bin/python3
"""Expected numbers for the tests of Tensors and Learning, by python3-torch 1.13 (one thread).

    OMP_NUM_THREADS=1 python3 make_oracle.py      writes oracle.json, state_dict.pt, model.pt beside itself
"""
import inspect
import json
import pathlib
import sys
import textwrap
import zipfile

import torch

here = pathlib.Path(__file__).parent
torch.manual_seed(1)
torch.set_num_threads(1)


def values(tensor):
    return {"shape": list(tensor.shape), "values": tensor.detach().flatten().tolist()}


def network():
    """linear - batch norm - prelu - linear with a weighted cross-entropy, forward, backward, and once more for prediction."""
    x, target, weight = torch.randn(6, 3), torch.tensor([0, 1, 2, 1, 0, 2]), torch.tensor([1.0, 2.0, 0.5, 1.0, 0.0, 3.0])
    first, norm, slope, last = torch.nn.Linear(3, 4), torch.nn.BatchNorm1d(4), torch.nn.PReLU(4), torch.nn.Linear(4, 3)
    net = torch.nn.Sequential(first, norm, slope, last)
    before = {name: values(tensor) for name, tensor in net.state_dict().items() if "num_batches" not in name}
    logits = net(x)
    losses = torch.nn.functional.cross_entropy(logits, target, reduction="none")
    loss = (losses * weight).sum() / len(x)
    loss.backward()
    net.eval()
    return {
        "x": values(x), "target": target.tolist(), "weight": values(weight), "state": before, "logits": values(logits),
        "losses": values(losses), "loss": loss.item(), "gradients": {name: values(p.grad) for name, p in net.named_parameters()},
        "running_mean": values(norm.running_mean), "running_var": values(norm.running_var), "probabilities": values(net(x).softmax(1)),
    }


def optimiser(make):
    """Twenty steps down a badly scaled bowl whose gradient at step t is scale * (w - t / 10)."""
    weight = torch.nn.Parameter(torch.tensor([1.0, -2.0, 3.0, 0.25]))
    scale = torch.tensor([1.0, 10.0, 0.1, 0.001])
    steps = make([weight])
    path = []
    for t in range(20):
        weight.grad = scale * (weight.detach() + (-t / 10))
        steps.step()
        path.append(weight.detach().tolist())
    return path


def corrected_nadam(parameters):
    """torch 1.13 multiplies the product of momenta by the current one twice; torch 2 and Dozat's paper do it once."""
    module = sys.modules["torch.optim.nadam"]
    source = textwrap.dedent(inspect.getsource(module._single_tensor_nadam))
    wrong, right = "mu_product * mu * mu_next", "mu_product * mu_next"
    assert source.count(wrong) == 1
    exec(source.replace(wrong, right), module.__dict__)
    return torch.optim.NAdam(parameters, lr=0.01, foreach=False)


def model():
    """A whole model file of ours (model.pt) made by torch, and what torch predicts with it."""
    torch.manual_seed(2)
    layers, inputs = {}, 7
    for i, width in enumerate((40, 9)):
        layers[f"hidden.{i}"], layers[f"norm.{i}"], layers[f"activation.{i}"] = torch.nn.Linear(inputs, width), torch.nn.BatchNorm1d(width), torch.nn.PReLU(width)
        inputs = width
    layers["output"] = torch.nn.Linear(inputs, 3)
    state = {}
    with torch.no_grad():
        for name, layer in layers.items():
            for key, tensor in layer.state_dict().items():
                if key != "num_batches_tracked":
                    state[f"{name}.{key}"] = tensor.copy_(torch.rand_like(tensor) + 0.2) if "running" in key or "activation" in name else tensor
    path = here / "model.pt"
    torch.save(state, path)
    shape = {"Network": "flat", "Features": 7, "Hidden": [40, 9], "Classes": 3, "Dropout": 0.2, "BatchNorm": True, "Activation": "prelu"}
    with zipfile.ZipFile(path, "a") as file:
        file.writestr(zipfile.ZipInfo("model/extra/shape.json"), json.dumps(shape))
    x = torch.randn(5, 7)
    net = torch.nn.Sequential(*layers.values()).eval()
    return {"x": values(x), "probabilities": values(net(x).softmax(1))}


oracle = {
    "torch": torch.__version__,
    "network": network(),
    "model": model(),
    "optimisers": {
        "Adam": optimiser(lambda p: torch.optim.Adam(p, lr=0.01)),
        "AdamDecay": optimiser(lambda p: torch.optim.Adam(p, lr=0.01, weight_decay=0.1)),
        "AdamW": optimiser(lambda p: torch.optim.AdamW(p, lr=0.01, weight_decay=0.1)),
        "NAdam": optimiser(corrected_nadam),
    },
}
(here / "oracle.json").write_text(json.dumps(oracle, indent=1) + "\n")

saved = torch.nn.Sequential(torch.nn.Linear(2, 3), torch.nn.BatchNorm1d(3))
with torch.no_grad():
    for k, tensor in enumerate(saved.state_dict().values()):
        tensor.copy_(torch.arange(tensor.numel()).reshape(tensor.shape) + 10 * k)
torch.save(saved.state_dict(), here / "state_dict.pt")
