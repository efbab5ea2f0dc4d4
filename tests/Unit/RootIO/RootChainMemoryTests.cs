using Shouldly;
using TauPipeline.RootIO;
using Xunit;

namespace TauPipeline.Tests.Unit.RootIO;

/// <summary>Memory and handles belong to the whole process, so nothing else may run beside it.</summary>
[Collection(Alone.Name)]
public sealed class RootChainMemoryTests : IDisposable
{
    private readonly WrittenFiles _files = new();

    public void Dispose() => _files.Dispose();

    [Fact]
    public void A_thousand_files_take_the_memory_and_the_handles_of_one()
    {
        string[] files = _files.Chain(1000, rows: 20), names = ["tau_pt", "tau_mass", "Tau_pt", "pfCand_pt"];
        Read(files[..50], names);
        (long bytesOfFew, int handlesOfFew) = Read(files[..50], names);

        (long bytesOfAll, int handlesOfAll) = Read(files, names);

        handlesOfAll.ShouldBe(handlesOfFew);
        (bytesOfAll - bytesOfFew).ShouldBeLessThan(1 << 20);
    }

    // Memory that is alive, and files that are open, in the middle of the last file.
    private static (long Bytes, int Handles) Read(string[] files, string[] names)
    {
        long entries = 0, bytes = 0;
        int handles = 0;
        foreach (RootBatch batch in new RootChain("taus", files).ReadColumns(names))
        {
            entries += batch.Entries;
            if (entries < files.Length * 20) continue;
            handles = OperatingSystem.IsLinux() ? Directory.GetFiles("/proc/self/fd").Count(IsSample) : 1;
            bytes = GC.GetTotalMemory(forceFullCollection: true);
        }
        entries.ShouldBe(files.Length * 20);
        return (bytes, handles);
    }

    private static bool IsSample(string descriptor)
    {
        try
        {
            return File.ResolveLinkTarget(descriptor, returnFinalTarget: false)?.Name.StartsWith("chain-", StringComparison.Ordinal)
                == true;
        }
        catch (IOException) { return false; } // the descriptor that listed them is gone
    }
}
