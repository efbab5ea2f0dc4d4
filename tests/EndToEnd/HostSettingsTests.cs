using System.Text.Json;
using Shouldly;
using TauPipeline.Tests.Support;
using Xunit;

namespace TauPipeline.Tests.EndToEnd;

/// <summary>What the runtime is told of memory: without it 128 MiB of garbage gather before the collector looks.</summary>
public sealed class HostSettingsTests
{
    [Fact]
    public void The_collector_looks_after_16_MiB_and_closes_holes()
    {
        string file = Checkout.At(".artifacts", "bin", "Host", "release", "TauPipeline.Host.runtimeconfig.json");
        using JsonDocument read = JsonDocument.Parse(File.ReadAllText(file));
        JsonElement told = read.RootElement.GetProperty("runtimeOptions").GetProperty("configProperties");

        told.GetProperty("System.GC.Gen0MaxBudget").GetInt64().ShouldBe(16 << 20);
        told.GetProperty("System.GC.ConserveMemory").GetInt64().ShouldBe(7);
        told.GetProperty("System.GC.Concurrent").GetBoolean().ShouldBeFalse();
    }
}
