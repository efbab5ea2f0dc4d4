using Shouldly;
using TauPipeline.BuildGraph;
using TauPipeline.Tests.Support;
using Xunit;

namespace TauPipeline.Tests.Unit.BuildGraph;

/// <summary>A program that prints without end. Its output passes through a child, whose heap is limited, and through us.</summary>
[Collection(Alone.Name)]
public sealed class ExternalOutputTests : IDisposable
{
    private const long MostBytes = 256L << 20;
    private readonly ExternalBench _bench = new();

    public void Dispose() => _bench.Dispose();

    [Fact]
    public void Output_without_end_fills_neither_disk_nor_memory() => Print(mebibytes: 64);

    [LongFact]
    public void A_gibibyte_without_a_line_end_fills_neither_disk_nor_memory()
    {
        File.WriteAllText("/proc/self/clear_refs", "5"); // the peak begins anew: proc(5)
        long before = Memory("VmRSS");

        Print(mebibytes: 1024);

        (Memory("VmHWM") - before).ShouldBeLessThan(MostBytes);
    }

    private void Print(int mebibytes)
    {
        _bench.Script("tool.sh", $"head -c {mebibytes}M /dev/zero; echo; echo the end; echo ok > outputs/made/it.txt");
        BuildRequest request = _bench.Request(ExternalBench.Tool("[]"));

        BuildSummary summary = _bench.Bench.Build(
            request with
            {
                ChildCommand = ["env", "DOTNET_GCHeapHardLimit=0x4000000", .. request.ChildCommand],
            });

        summary.FirstError.ShouldBeNull();
        string log = Path.Combine(_bench.Out, ".tau", "logs", "Tool", "Tool.log");
        new FileInfo(log).Length.ShouldBeInRange(15 << 20, 17 << 20);
        StepLog.TailOf(log).ShouldEndWith("the end");
    }

    private static long Memory(string line) =>
        long.Parse(
            File.ReadLines("/proc/self/status")
                .Single(one => one.StartsWith(line + ":", StringComparison.Ordinal))
                .Split(' ', StringSplitOptions.RemoveEmptyEntries)[^2]) << 10;
}
