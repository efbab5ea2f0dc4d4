using Shouldly;
using TauPipeline.BuildGraph;
using TauPipeline.Foundation;
using TauPipeline.Learning;
using TauPipeline.Tensors;
using TauPipeline.Tests.Support;
using TauPipeline.Tests.Unit.Tensors;
using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace TauPipeline.Tests.Unit.Learning;

/// <summary>Gradient reversal, as specification 14 has it: what one step does to each layer, and what a training leaves.</summary>
[Collection(TensorFixture.Collection)]
public sealed class AdaptationTests : IDisposable
{
    private const int Inputs = 5, Classes = 3, Rows = 24, ControlRows = 16;

    private static readonly FlatNetworkShape s_shape = new(Inputs, [9, 7], Classes, Dropout: 0, BatchNorm: true, "prelu");

    // One step of length 1 along the gradient: what a weight moves is its gradient.
    private static readonly TrainingPlan s_plan = new()
    {
        Epochs = 1,
        BatchSize = Rows,
        LearningRate = 1,
        Optimiser = "sgd",
        Seed = 3,
        Threads = 1,
        Adaptation = new AdaptationPlan { ClassFactor = 1.5, AdversaryFactor = 4 },
    };

    private readonly Samples _rows = new(Rows, Inputs, Classes, 1);
    private readonly Controls _controls = new(ControlRows, Inputs, 8);
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    // The specification's example: 1 * 0.2 - 10 * 0.05 = -0.3.
    [TensorFact]
    public void Common_layers_get_the_classes_gradient_less_the_adversary_s_times_its_factor()
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor common = zeros(1, 1, requires_grad: true), joined = common.plus(1);
        var parted = new Reversal(joined, new AdaptationPlan());

        parted.ForClasses.times(0.2).backward();
        parted.ForAdversary.times(0.05).backward();
        parted.Backward();

        common.grad!.item<float>().ShouldBe(-0.3f, 1e-7f);
        parted.Pulls.Classes.ShouldBe(0.2, 1e-7);
        parted.Pulls.Adversary.ShouldBe(0.05, 1e-7);
    }

    [Fact]
    public void The_adversary_s_loss_is_binary_cross_entropy_with_its_own_slopes()
    {
        TrainingBatch control = new(4, [], [1, 0, 1, 0], [1, 2, 0.5f, 1]);
        float[] logits = [0.3f, -1.2f, 40, 0], slopes = new float[4];

        DomainSums sums = DomainSums.Of(control, logits, slopes);

        // By hand: -ln sigmoid(0.3), -2 ln(1 - sigmoid(-1.2)), nothing, ln 2; all are told right.
        sums.Loss.ShouldBe(-Math.Log(1 / (1 + Math.Exp(-0.3))) - 2 * Math.Log(1 - 1 / (1 + Math.Exp(1.2))) + Math.Log(2), 1e-6);
        (sums.Weight, sums.Right).ShouldBe((4.5, 4.5));
        for (int row = 0; row < 4; row++)
        {
            float[] up = [.. logits], down = [.. logits];
            up[row] += 0.01f;
            down[row] -= 0.01f;
            double slope = (DomainSums.Of(control, up).Loss - DomainSums.Of(control, down).Loss) / (up[row] - (double)down[row]) / 4;
            ((double)slopes[row]).ShouldBe(slope, 1e-5);
        }
    }

    [TensorTheory]
    [InlineData(Numeric.Portable)]
    [InlineData(Numeric.Fastest)]
    public void The_gradients_of_a_step_are_differences_of_both_losses(Numeric numeric)
    {
        TrainingPlan plan = s_plan with { Numeric = numeric };
        using var before = new Weights(plan);
        Dictionary<string, float[]> gradients = numeric == Numeric.Portable ? before.Gradients(_rows, _controls, withHead: true)
            : before.Gradients(_rows, _controls, withHead: false);

        foreach ((string group, Func<(double Classes, double Domains), double> objective) in
            (IEnumerable<(string, Func<(double, double), double>)>)
            [
                ("hidden", losses => 1.5 * losses.Item1 - 4 * losses.Item2),
                ("output", losses => losses.Item1),
                ("final", losses => losses.Item2),
            ])
        {
            string[] names = [.. gradients.Keys.Where(name => name.StartsWith(group, StringComparison.Ordinal))];
            if (names.Length == 0) continue; // the library's optimiser keeps gradients in a form of its own
            const float step = 2e-4f;
            var random = new CounterRandom(17, (ulong)group.Length);
            double expected = 0;
            using var up = new Weights(plan);
            using var down = new Weights(plan);
            foreach (string name in names)
            {
                float[] direction = [.. gradients[name].Select(_ => (float)random.NextNormal())];
                expected += direction.Zip(gradients[name], (d, g) => (double)d * g).Sum();
                up.Move(name, direction, step);
                down.Move(name, direction, -step);
            }
            double found = (objective(up.Losses(_rows, _controls)) - objective(down.Losses(_rows, _controls))) / (2 * step);
            found.ShouldBe(expected, 0.02 * Math.Max(1, Math.Abs(expected)), group);
        }
    }

    [PythonTorchTheory]
    [InlineData(Numeric.Portable)]
    public void The_gradients_of_a_step_are_those_of_python_torch(Numeric numeric)
    {
        using DisposeScope scope = NewDisposeScope();
        using var before = new Weights(s_plan with { Numeric = numeric });
        TrainingBatch batch = _rows.Batches(1, new BatchCut(Rows, LastBatch.Even)).Single(), control = _controls.Batch(0);
        TrainingBatch all = JoinedBatches.Of(batch, control);
        (string, Tensor)[] given =
        [
            .. before.State,
            ("x", tensor(all.Inputs[0].Values, [all.Rows, Inputs])),
            ("target", tensor(batch.Labels.Select(label => (long)label).ToArray())),
            ("weight", tensor(batch.Weights)),
            ("domain", tensor(control.Labels.Select(label => (float)label).ToArray())),
            ("domain_weight", tensor(control.Weights)),
            ("factors", tensor(new[] { 1.5f, 4f })),
        ];
        using (FileStream to = File.Create(_folder.At("in.pt")))
            new TorchFile([.. given.Select(one => StoredTensor.From(one.Item1, one.Item2))], new Dictionary<string, string>()).Write(to);

        string script = Path.Combine(TensorFixture.Data, "reversed_backward.py");
        ProcessRunner.Run(
            new ProcessRequest("/usr/bin/python3", [script, _folder.At("in.pt"), _folder.At("out.pt")]), CancellationToken.None)
            .ExitCode.ShouldBe(0);

        using FileStream file = File.OpenRead(_folder.At("out.pt"));
        TorchFile theirs = TorchFile.Read(file);
        Dictionary<string, float[]> ours = before.Gradients(_rows, _controls, withHead: true);
        theirs.Tensors.Select(one => one.Name).ShouldBe(ours.Keys, ignoreOrder: true);
        foreach ((string name, float[] gradient) in ours) gradient.ShouldBe(theirs.Find(name).ToFloats(), 1e-5f, name);
    }

    [TensorFact]
    public void No_model_has_the_adversary_and_an_epoch_s_checkpoint_has_it_below_training()
    {
        TrainingPlace place = new(Directory.CreateDirectory(_folder.At("kept")).FullName) { KeepEvery = 1 };

        (TrainedModel model, TrainingHistory history) = Trainer.Fit(s_shape, _rows, _rows, s_plan, place, _controls.Region);

        model.Weights.Tensors.ShouldNotContain(one => one.Name.Contains("adv"));
        using FileStream file = File.OpenRead(_folder.At("kept", EpochCheckpoint.FileOf(1)));
        string[] kept = [.. TorchFile.Read(file).Tensors.Select(one => one.Name)];
        kept.ShouldContain("training.adversary.final_dense_adv.weight");
        kept.ShouldContain("training.adversary_optimiser.final_dense_adv.weight.exp_avg");
        AdaptationRecord adapted = history.Epochs.Single().Adaptation!;
        new[] { adapted.TrainAccuracy, adapted.Accuracy }.ShouldAllBe(share => share >= 0 && share <= 1);
        new[] { adapted.TrainLoss, adapted.Loss, adapted.ClassPull, adapted.AdversaryPull }.ShouldAllBe(value => value > 0);
    }

    // Of 24 rows in batches of 10 an epoch has 3 steps; control batches are counted on over all epochs.
    [TensorFact]
    public void Control_rows_go_on_from_epoch_to_epoch()
    {
        TrainingPlan plan = s_plan with { Epochs = 3, BatchSize = 10, LearningRate = 0.01 };

        Trainer.Fit(s_shape, _rows, _rows, plan, new(_folder.At("on")), _controls.Region);

        _controls.Asked.ShouldBe([0, 3, 6]);
    }

    [TensorFact]
    public void What_the_domains_differ_by_alone_leaves_the_common_layers()
    {
        TrainingPlan plan = s_plan with { Optimiser = "adam", LearningRate = 0.01, Epochs = 30, BatchSize = 12 };
        var none = new AdaptationPlan { AdversaryFactor = 0 };

        double with = Accuracy(plan with { Adaptation = new AdaptationPlan() }), without = Accuracy(plan with { Adaptation = none });

        without.ShouldBeGreaterThan(0.65); // a shift by one width is told right to 0.69 at best
        with.ShouldBeLessThan(0.6);

        double Accuracy(TrainingPlan how) => Trainer
            .Fit(s_shape, _rows, _rows, how, new(_folder.At($"{how.Adaptation!.AdversaryFactor}")), new Controls(200, Inputs, 8).Region)
            .History.Epochs.TakeLast(10).Average(epoch => epoch.Adaptation!.Accuracy);
    }

    [TensorFact]
    public void An_adaptation_wants_a_control_region_and_layers_that_both_domains_have_in_common()
    {
        TrainingPlace place = new(_folder.At("refused"));

        Should.Throw<Misuse>(() => Trainer.Fit(s_shape, _rows, _rows, s_plan, place)).Text.ToString().ShouldContain("no control region");
        Should.Throw<Misuse>(() => Trainer.Fit(s_shape, _rows, _rows, s_plan with { Adaptation = null }, place, _controls.Region));
        Should.Throw<Misuse>(() => Trainer.Fit(s_shape with { Hidden = [] }, _rows, _rows, s_plan, place, _controls.Region))
            .Text.ToString().ShouldContain("no hidden layer");
        Should.Throw<Misuse>(() => new AdaptationPlan { LearningRate = 0 }.Check());
        Should.Throw<Misuse>(() => new AdaptationPlan { AdversaryFactor = -1 }.Check());
    }

    /// <summary>Network and adversary as a training begins with them, that can be moved and looked at.</summary>
    private sealed class Weights(TrainingPlan plan) : IDisposable
    {
        private readonly TrainingRun _run = new(s_shape, plan, CPU);

        public (string Name, Tensor Value)[] State => [.. TensorState.Of(_run.Network), .. TensorState.Of(_run.Adversary!.Head)];

        public void Dispose() => _run.Dispose();

        public void Move(string name, float[] direction, float by)
        {
            using IDisposable none = no_grad();
            Tensor value = State.Single(one => one.Name == name).Value;
            value.plus_(tensor(direction).reshape(value.shape), by);
        }

        /// <summary>Mean losses of the first batches, all rows going through all layers.</summary>
        public (double Classes, double Domains) Losses(Samples rows, Controls controls)
        {
            TrainingBatch batch = rows.Batches(1, new BatchCut(Rows, LastBatch.Even)).Single(), control = controls.Batch(0);
            TrainingBatch all = JoinedBatches.Of(batch, control);
            _run.Network.train();
            _run.Adversary!.Head.train();
            using IDisposable none = no_grad();
            var network = (IJoinedNetwork)_run.Network;
            Tensor joined = network.Joined(new NetworkInputs(all.Inputs, all.Rows, CPU));
            var loss = new ClassLoss(Classes, new LossPlan().For(Classes));
            loss.Add(batch, network.Classified(joined).data<float>().ToArray());
            float[] domains = _run.Adversary.Head.call(joined).data<float>().ToArray();
            return (loss.Sum / Rows, DomainSums.Of(control, domains.AsSpan(Rows)).Loss / ControlRows);
        }

        /// <summary>What one step takes each weight of the network by, and the mean gradients that the adversary's optimiser has.</summary>
        public Dictionary<string, float[]> Gradients(Samples rows, Controls controls, bool withHead)
        {
            Dictionary<string, float[]> before = Values();
            _run.RunEpoch((rows, rows, controls.Region), new("nowhere"), () => { });
            Dictionary<string, float[]> after = Values();
            IEnumerable<(string, float[])> head = !withHead ? [] : _run.Adversary!.Optimiser.Taken()
                .Where(one => one.Name.EndsWith(".exp_avg", StringComparison.Ordinal))
                .Select(one => (one.Name[..^".exp_avg".Length], one.ToFloats().Select(mean => mean / (1 - 0.9f)).ToArray()));
            return before.Select(one => (one.Key, one.Value.Zip(after[one.Key], (from, to) => from - to).ToArray())).Concat(head)
                .ToDictionary(one => one.Item1, one => one.Item2);
        }

        private Dictionary<string, float[]> Values() => _run.Network.named_parameters()
            .ToDictionary(one => one.name, one => one.parameter.detach().data<float>().ToArray());
    }
}
