using Shouldly;
using TauPipeline.BuildGraph;
using Xunit;

namespace TauPipeline.Tests.Unit.Queues;

/// <summary>On a cluster of its own, which is not the same afterwards: its controller is killed.</summary>
[Collection(SlurmCluster.Collection)]
public sealed class SlurmOutageTests(SlurmCluster cluster) : IClassFixture<SlurmCluster>, IDisposable
{
    private readonly QueueBench _bench = new();

    public void Dispose() => _bench.Dispose();

    [SlurmFact]
    public async Task A_controller_that_is_away_for_a_while_costs_nothing_but_time()
    {
        // The jobs go on until the driver has seen that nobody answers.
        string script = _bench.Script($$"""
            D="{{_bench.Root}}"; echo started >> "$D/$1"
            while [ ! -e "$D/go" ]; do sleep 0.2; done; echo $1
            """);
        Task<BuildSummary> run = _bench.OnSlurm($"programs,2,{script}");
        await SlurmCluster.Until(() => Task.FromResult(Starts() == "started started"));

        await cluster.StopController();
        try
        {
            await SlurmCluster.Until(() => Task.FromResult(_bench.Saw(told =>
                told is BuildNote note && note.Text.Contains("does not answer", StringComparison.Ordinal))));
            await File.WriteAllTextAsync(Path.Combine(_bench.Root, "go"), "");
        }
        finally { await cluster.StartController(); }

        BuildSummary summary = await run;
        summary.FirstError.ShouldBeNull();
        Starts().ShouldBe("started started");
    }

    private string Starts() => string.Join(
        ' ',
        new[] { "0", "1" }.Select(name => Path.Combine(_bench.Root, name)).Where(File.Exists).SelectMany(File.ReadAllLines));
}
