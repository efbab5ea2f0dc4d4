using Shouldly;
using TauPipeline.BuildGraph;
using TauPipeline.Foundation;
using TauPipeline.Tests.Support;
using Xunit;

namespace TauPipeline.Tests.Unit.BuildGraph;

/// <summary>The same folder by another way, and the same build in another environment.</summary>
public sealed class PlaceTests : IDisposable
{
    private readonly GraphBench _graph = new();

    public void Dispose() => _graph.Dispose();

    private string Other => _graph.Bench.Out + "-other";

    [Fact]
    public void A_moved_folder_and_one_behind_a_symbolic_link_are_up_to_date()
    {
        Build();
        Directory.Move(_graph.Bench.Out, Other);
        Directory.CreateSymbolicLink(_graph.Bench.Out, Other);

        ShouldBeUpToDate(Other);
        ShouldBeUpToDate(_graph.Bench.Out);
    }

    [Fact]
    public void A_copied_folder_is_read_once_and_up_to_date()
    {
        Build();
        ProcessRunner.Run(new ProcessRequest("cp", ["-r", _graph.Bench.Out, Other]), CancellationToken.None).ExitCode.ShouldBe(0);

        ShouldBeUpToDate(Other);
    }

    [MountFact]
    public void A_folder_mounted_at_another_place_is_up_to_date()
    {
        Build();
        Directory.CreateDirectory(Other);
        Run("mount", "--bind", _graph.Bench.Out, Other);
        try { ShouldBeUpToDate(Other); }
        finally { Run("umount", Other); }
    }

    [Fact]
    public void Another_language_time_zone_and_umask_give_the_same_fingerprints_and_bytes()
    {
        Build();
        IReadOnlyList<(string, ContentHash)> here = Fingerprints(_graph.Bench.Out);

        (int code, string told) = _graph.Host(Other, ["sh", "-c", "umask 077; exec \"$@\"", "sh", "dotnet"], 0,
            ("LANG", "tr_TR.UTF-8"), ("LC_ALL", "tr_TR.UTF-8"), ("LC_NUMERIC", "de_DE.UTF-8"), ("TZ", "Pacific/Kiritimati"));

        code.ShouldBe(0, told);
        _graph.ShouldBeUndisturbed(Other, "another environment");
        Fingerprints(Other).ShouldBe(here);
        if (!OperatingSystem.IsWindows())
            File.GetUnixFileMode(Path.Combine(Other, "end.txt")).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }

    private void Build()
    {
        _graph.Prepare(isBuilt: false);
        _graph.Bench.Build(_graph.Request()).FirstError.ShouldBeNull();
    }

    private void ShouldBeUpToDate(string folder) =>
        _graph.Bench.Build(_graph.Request() with { Out = folder }).Count(StepOutcome.UpToDate).ShouldBe(20, folder);

    private static IReadOnlyList<(string, ContentHash)> Fingerprints(string folder) =>
        [.. BuildState.Of(folder).Select(step => (step.Id, step.Fingerprint))];

    private static void Run(string program, params string[] arguments) =>
        ProcessRunner.Run(new ProcessRequest(program, arguments), CancellationToken.None).ExitCode.ShouldBe(0);
}
