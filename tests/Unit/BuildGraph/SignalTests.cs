using Shouldly;
using TauPipeline.BuildGraph;
using TauPipeline.Tests.EngineHost;
using TauPipeline.Tests.Support;
using Xunit;

namespace TauPipeline.Tests.Unit.BuildGraph;

/// <summary>A host with four programs at work, each with a grandchild, that is asked to stop.</summary>
public sealed class SignalTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private readonly BuildBench _bench = new();

    public void Dispose() => _bench.Dispose();

    private string Script => Path.Combine(_bench.Root, "tool.sh");

    [Theory]
    [InlineData(2, "")]
    [InlineData(1, "")]
    [InlineData(15, "trap '' TERM")]
    public void What_works_is_ended_with_all_that_it_started_and_what_has_ended_stays_done(int signal, string trap)
    {
        // Program 0 ends at once; the others would not, unless they have been here before.
        string marks = Directory.CreateDirectory(Path.Combine(_bench.Root, "marks")).FullName;
        File.WriteAllText(Script, $"""
            [ $1 = 0 ] && echo done && exit
            [ -e {marks}/again ] && echo done && exit
            {trap}
            sleep 300 & echo $! > {marks}/$1.grandchild
            echo $$ > {marks}/$1.child
            wait; sleep 300
            """);
        int host = 0;
        ProcessOutcome? stopped = null;
        Thread runner = new(() => stopped = Host(id => host = id));
        runner.Start();
        // A shell makes a file before it writes into it.
        SpinWait.SpinUntil(
                () =>
                    Directory.GetFiles(marks).Count(file => File.ReadAllText(file).EndsWith('\n')) == 8
                    && File.Exists(Path.Combine(_bench.Out, "program", "0.txt")),
                Patience)
            .ShouldBeTrue();
        int[] started = [.. Directory.GetFiles(marks).Select(file => int.Parse(File.ReadAllText(file)))];

        LibC.SignalProcess(host, signal);

        runner.Join(Patience).ShouldBeTrue();
        stopped!.ExitCode.ShouldBe(130, stopped.Error);
        // They are killed by then, which takes the kernel a moment; by themselves they would sleep on.
        SpinWait.SpinUntil(() => !started.Any(Pid.Lives), TimeSpan.FromSeconds(5));
        started.Where(Pid.Lives).ShouldBeEmpty();
        Directory.GetFileSystemEntries(Path.Combine(_bench.Out, ".tau", "attempts")).ShouldBeEmpty();
        File.WriteAllText(Path.Combine(marks, "again"), "");
        Host(_ => { }).Output.ShouldStartWith("ran 4 ");
        Host(_ => { }).Output.ShouldStartWith("ran 0 ");
    }

    private ProcessOutcome Host(Action<int> started) =>
        ProcessRunner.Run(
            new ProcessRequest("dotnet", [typeof(ToyCampaign).Assembly.Location, "run", $"programs,5,{Script}", _bench.Out, "0", "5"])
            {
                Started = started,
            },
            CancellationToken.None);
}
