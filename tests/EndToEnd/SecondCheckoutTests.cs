using Shouldly;
using TauPipeline.Host;
using Xunit;

namespace TauPipeline.Tests.EndToEnd;

/// <summary>The place of a second build: what killed verifications left there is no hindrance.</summary>
public sealed class SecondCheckoutTests
{
    private const string Campaign = "left-over-of-a-test";

    [Fact]
    public void What_a_killed_process_of_our_own_number_left_goes()
    {
        string all = Repository.At(".artifacts", "verify", Campaign),
            mine = Path.Combine(all, $"{Environment.ProcessId}", "a-second-checkout", "build.cake");
        string alive = Path.Combine(all, "1", "kept"), dead = Path.Combine(all, "99999999", "gone");
        foreach (string file in new[] { mine, alive, dead })
        {
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            File.WriteAllText(file, "left over");
        }

        var place = SecondCheckout.Empty(Campaign);

        (File.Exists(mine), File.Exists(alive), File.Exists(dead)).ShouldBe((false, true, false));
        Directory.EnumerateFileSystemEntries(place.Root).Select(Path.GetFileName).ShouldBe(["tmp"]);
        Directory.Delete(all, recursive: true);
    }
}
