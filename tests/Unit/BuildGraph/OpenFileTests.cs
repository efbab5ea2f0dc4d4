using Shouldly;
using TauPipeline.BuildGraph;
using TauPipeline.Tests.EngineHost;
using Xunit;

namespace TauPipeline.Tests.Unit.BuildGraph;

/// <summary>Few files may be open, and many steps want to run.</summary>
public sealed class OpenFileTests : IDisposable
{
    private readonly BuildBench _bench = new();

    public void Dispose() => _bench.Dispose();

    [PrlimitFact]
    public void Sixty_four_jobs_with_256_open_files_wait_for_each_other_and_none_fails()
    {
        string script = Path.Combine(_bench.Root, "tool.sh");
        File.WriteAllText(script, "sleep 0.2; echo $1");

        ProcessOutcome outcome = ProcessRunner.Run(new ProcessRequest("prlimit",
            ["--nofile=256:256", "dotnet", typeof(ToyCampaign).Assembly.Location, "run", $"programs,96,{script}", _bench.Out, "0", "64"]),
        CancellationToken.None);

        outcome.ExitCode.ShouldBe(0, outcome.Error);
        outcome.Output.ShouldStartWith("ran 96 ");
        outcome.Error.ShouldContain("at most 20 of 64 steps run at once: a process may have only 256 files open here");
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(104, 1)]
    [InlineData(256, 20)]
    [InlineData(int.MaxValue, 268435443)]
    public void There_is_always_room_for_one_step(int limit, int steps) => OpenFiles.StepsWithin(limit).ShouldBe(steps);
}

/// <summary>A test that sets a limit of a program: where prlimit is missing skipped and counted.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class PrlimitFactAttribute : FactAttribute
{
    /// <summary>Looks for the program.</summary>
    public PrlimitFactAttribute() => Skip = ProcessRunner.Find("prlimit") is null ? "there is no prlimit" : null;
}
