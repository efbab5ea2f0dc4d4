using Shouldly;
using TauPipeline.BuildGraph;
using TauPipeline.Configuration;
using TauPipeline.Foundation;
using TauPipeline.Stages;
using TauPipeline.Tests.Support;
using Xunit;

namespace TauPipeline.Tests.Unit.Stages;

/// <summary>The model that a training begins with: <c>train: start:</c>.</summary>
public sealed class StartSettingsTests : IDisposable
{
    private readonly StageBench _bench = new();

    public void Dispose() => _bench.Dispose();

    [Fact]
    public void A_file_that_was_cut_off_is_told_by_name()
    {
        StepFailed failed = Should.Throw<StepFailed>(() => Read(keep: 0.7));

        failed.Message.ShouldContain("not a readable torch file");
        failed.Text.Facts.ShouldContain(("file", "train/start/before.zip"));
    }

    [Fact]
    public void Other_features_and_classes_are_warned_of()
    {
        Read();

        _bench.Warnings.ShouldBe(["train/start/before.zip was trained with other classes than this network: 'a,b,c,d', here 'e,mu,tau,jet'"]);
    }

    [Fact]
    public void Patterns_without_a_start_are_told()
    {
        ConfigBlock root = Campaigns.Root("train: { start_layers: [hidden.*] }");

        TrainSettings.Read(root.Block("train"), ClassSettings.Standard);

        root.Mistakes.Found.ShouldHaveSingleItem().ToString().ShouldContain("none without train.start");
    }

    private void Read(double keep = 1)
    {
        string file = _bench.At(Artifact.Product("before.zip"));
        using (FileStream model = File.Create(file))
            ScoredFlow.Model().Model.With(new Dictionary<string, string> { ["classes"] = "a,b,c,d", ["features"] = "x" }).Save(model);
        File.WriteAllBytes(file, File.ReadAllBytes(file)[..(int)(new FileInfo(file).Length * keep)]);
        ConfigBlock root = Campaigns.Root($"train: {{ start: {{ inputs: [{{ entry: before.zip, location: {file} }}] }} }}");
        StartSettings start = TrainSettings.Read(root.Block("train"), ClassSettings.Standard).Start.ShouldNotBeNull();
        var texts = new Dictionary<string, string> { ["classes"] = "e,mu,tau,jet", ["features"] = "x" };

        _bench.Run(new Step
        {
            Stage = "Train",
            Reads = [new StepInput("start", start.File)],
            Writes = [],
            Settings = SettingsUsed.None,
            Work = run => start.Read(run, texts),
        });
    }
}
