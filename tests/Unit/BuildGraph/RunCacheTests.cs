using Shouldly;
using TauPipeline.BuildGraph;
using TauPipeline.Foundation;
using TauPipeline.Tests.EngineHost;
using Xunit;

namespace TauPipeline.Tests.Unit.BuildGraph;

/// <summary>Two checkouts, here two output folders, that share one run cache.</summary>
public sealed class RunCacheTests : IDisposable
{
    private readonly BuildBench _bench = new();

    public void Dispose()
    {
        foreach (string file in Blobs()) MakeWritable(file);
        _bench.Dispose();
    }

    private string Cache => Path.Combine(_bench.Root, "cache");

    private string[] Blobs() =>
        Directory.Exists(Path.Combine(Cache, "cas"))
            ? Directory.GetFiles(Path.Combine(Cache, "cas"), "*", SearchOption.AllDirectories)
            : [];

    [Theory]
    [InlineData(CacheRestore.Copy)]
    [InlineData(CacheRestore.Link)]
    public void Another_checkout_gets_the_same_bytes_without_running(CacheRestore restore)
    {
        IStage[] stages = Chain();
        Build("first", stages, restore: restore);

        BuildSummary summary = Build("second", stages, restore: restore);

        BuildBench.Outcomes(summary).ShouldBe("First:Restored Last:Restored");
        _bench.Worked.ShouldBeEmpty();
        File.ReadAllText(Path.Combine(_bench.Root, "second", "last.txt")).ShouldBe("<(one");
        BuildBench.Outcomes(Build("second", stages, restore: restore)).ShouldBe("First:UpToDate Last:UpToDate");
    }

    [Fact]
    public void Deleted_products_come_back_from_the_cache()
    {
        IStage[] stages = Chain();
        Build("first", stages);
        File.Delete(Path.Combine(_bench.Root, "first", "last.txt"));

        BuildBench.Outcomes(Build("first", stages)).ShouldBe("First:UpToDate Last:Restored");
    }

    [Fact]
    public void A_changed_setting_or_input_is_another_result()
    {
        Build("first", Chain());

        BuildBench.Outcomes(Build("second", Chain(prefix: "["))).ShouldBe("First:Restored Last:Ran");
        BuildBench.Outcomes(Build("third", Chain(text: "two"))).ShouldBe("First:Ran Last:Ran");
    }

    [Theory]
    [InlineData(CacheRestore.Copy)]
    [InlineData(CacheRestore.Link)]
    public void A_bit_flip_or_a_truncated_or_missing_file_runs_the_step_and_is_set_aside(CacheRestore restore)
    {
        foreach (Action<string> damage in new Action<string>[] { FlipABit, file => File.WriteAllText(file, ""), File.Delete })
        {
            IStage[] stages = Chain(text: $"text {damage.Method.Name}");
            Build("first", stages);
            foreach (string blob in Blobs())
            {
                MakeWritable(blob);
                damage(blob);
            }
            string other = Path.Combine(_bench.Root, "other " + damage.Method.Name);

            BuildSummary summary = Build(other, stages, restore: restore);

            summary.FirstError.ShouldBeNull();
            BuildBench.Outcomes(summary).ShouldBe("First:Ran Last:Ran");
            File.ReadAllText(Path.Combine(other, "last.txt")).ShouldBe($"<(text {damage.Method.Name}");
            if (damage != File.Delete)
                _bench.Events.OfType<BuildNote>()
                    .ShouldContain(note => note.Text.Contains("damaged file of first.txt", StringComparison.Ordinal));
            BuildBench.Outcomes(Build(other + " again", stages, restore: restore)).ShouldBe("First:Restored Last:Restored");
        }
    }

    // A link to nothing is there when it is asked for and gone when it is read, as a file that another run drops in between.
    [Fact]
    public void A_file_that_is_dropped_while_it_is_being_taken_is_one_that_was_not_there()
    {
        IStage[] stages = Chain();
        Build("first", stages);
        string dropped = Blobs().Single(blob => File.ReadAllText(blob) == "(one");
        File.Delete(dropped);
        File.CreateSymbolicLink(dropped, Path.Combine(_bench.Root, "nowhere"));

        BuildSummary summary = Build("second", stages);
        File.Delete(dropped);

        BuildBench.Outcomes(summary).ShouldBe("First:Ran Last:Restored");
        _bench.Events.OfType<BuildNote>().ShouldBeEmpty();
    }

    [Fact]
    public void Other_bytes_for_one_fingerprint_are_kept_as_evidence_and_told()
    {
        string chance = "first";
        IStage[] Stages() =>
            [new ToyStage("Moody", _bench.Custom("Moody", "moody.txt", [], (run, to) => run.Write(to, new ToyText(chance))))];
        Build("first", Stages());
        chance = "second";

        Build("second", Stages(), useCache: false);
        File.Delete(Path.Combine(_bench.Root, "second", "moody.txt"));
        foreach (string claim in Claims())
            File.Move(claim, claim + ".away"); // the second checkout does not see the first one's claim in time
        _bench.Worked.Clear();
        Directory.Delete(Path.Combine(_bench.Root, "second"), recursive: true);
        BuildSummary second = BuildRacing("second", Stages());

        BuildBench.Outcomes(second).ShouldBe("Moody:Ran");
        _bench.Events.OfType<BuildNote>()
            .ShouldContain(note =>
                note.Text.StartsWith("Moody is not reproducible", StringComparison.Ordinal)
                && note.Text.Contains("moody.txt", StringComparison.Ordinal));
        Claims().Length.ShouldBe(2);
        BuildBench.Outcomes(Build("third", Stages())).ShouldBe("Moody:Restored");
        File.ReadAllText(Path.Combine(_bench.Root, "third", "moody.txt")).ShouldBe("first");
        Build("fourth", Stages());
        File.ReadAllText(Path.Combine(_bench.Root, "fourth", "moody.txt"))
            .ShouldBe("first", "having been used makes no claim younger than the other");
        Build("fifth", Chain(), most: 14); // of 5, 6, 4 and 5 bytes: evidence goes before what is in use
        Claims().Length.ShouldBe(3);
        BuildBench.Outcomes(Build("sixth", Stages())).ShouldBe("Moody:Restored");
        File.ReadAllText(Path.Combine(_bench.Root, "sixth", "moody.txt")).ShouldBe("first");
    }

    [Fact]
    public void A_step_that_draws_random_numbers_is_found_by_its_seed_only()
    {
        IStage[] Stages() =>
            [new ToyStage("Draw", _bench.Custom("Draw", "draw.txt", [], (run, to) => run.Write(to, new ToyText($"{run.CampaignSeed}"))))];
        Build("first", Stages(), seed: 1);

        BuildBench.Outcomes(Build("second", Stages(), seed: 1)).ShouldBe("Draw:Restored");
        BuildBench.Outcomes(Build("third", Stages(), seed: 2)).ShouldBe("Draw:Ran");
        BuildBench.Outcomes(Build("second", Stages(), seed: 2)).ShouldBe("Draw:Restored");
    }

    [Fact]
    public void A_cache_that_cannot_be_written_or_vanishes_is_a_note_and_no_failure()
    {
        File.WriteAllText(Cache, "a file where the folder should be");

        BuildSummary summary = Build("first", Chain());

        BuildBench.Outcomes(summary).ShouldBe("First:Ran Last:Ran");
        _bench.Events.OfType<BuildNote>()
            .Count(note => note.Text.StartsWith("the run cache is left out from here on", StringComparison.Ordinal))
            .ShouldBe(1);
    }

    [Fact]
    public void The_cache_is_kept_below_its_size_by_dropping_what_was_used_longest_ago()
    {
        foreach (string text in new[] { "a", "b", "c" }) Build(text, Chain(text: new string(text[0], 10_000)));
        foreach (string claim in Claims()) Directory.SetLastWriteTimeUtc(Path.GetDirectoryName(claim)!, DateTime.UtcNow.AddDays(-2));
        Build("a again", Chain(text: new string('a', 10_000)));

        Build("d", Chain(text: new string('d', 10_000)), most: 45_000);

        Blobs().Sum(file => new FileInfo(file).Length).ShouldBeLessThanOrEqualTo(45_000);
        BuildBench.Outcomes(Build("a third time", Chain(text: new string('a', 10_000)))).ShouldBe("First:Restored Last:Restored");
        BuildBench.Outcomes(Build("b again", Chain(text: new string('b', 10_000)))).ShouldContain("Ran");
    }

    [Fact]
    public void What_a_killed_run_left_half_written_goes_once_it_is_old()
    {
        Build("a", Chain(text: new string('a', 10_000)));
        foreach (string[] whole in new[] { Blobs(), Claims() })
        {
            string old = whole[0] + ".708-1", young = whole[1] + ".709-1";
            foreach (string half in new[] { old, young }) File.WriteAllText(half, "half");
            File.SetLastWriteTimeUtc(old, DateTime.UtcNow.AddHours(-2));

            Build("b", Chain(text: old));

            File.Exists(old).ShouldBeFalse();
            File.Exists(young).ShouldBeTrue();
            _bench.Events.OfType<BuildNote>().ShouldBeEmpty();
        }
    }

    // A step of many hours may have written it long ago, and its claim comes only now.
    [Fact]
    public void What_is_being_kept_is_young_however_old_the_product_is()
    {
        string product = _bench.RawPath("product");
        File.WriteAllText(product, "old");
        File.SetLastWriteTimeUtc(product, DateTime.UtcNow.AddHours(-5));
        var blobs = new BlobStore(Cache);
        blobs.Put(product, ContentHash.Of("old"));

        new CacheTrim(new CacheSettings(Cache, MostBytes: 0), blobs).Run().ShouldBe(0);

        Blobs().ShouldHaveSingleItem();
    }

    [Fact]
    public void What_was_set_aside_counts_as_well_and_the_oldest_of_it_goes_before_any_result()
    {
        foreach (string name in new[] { "a", "b" })
        {
            IStage[] stages = Chain(text: new string(name[0], 10_000));
            Build(name, stages);
            string blob = Blobs().Single(file => File.ReadAllText(file).StartsWith("(" + name, StringComparison.Ordinal));
            MakeWritable(blob);
            FlipABit(blob);
            Build(name + " again", stages);
        }
        string[] aside = [.. SetAside().OrderBy(file => File.ReadAllText(file)[..2], StringComparer.Ordinal)];
        aside.Length.ShouldBe(2);
        File.SetLastWriteTimeUtc(aside[1], DateTime.UtcNow.AddDays(-2));

        Build("d", Chain(text: new string('d', 10_000)), most: 75_000); // of three results of 20 kB and two files of 10 kB set aside

        SetAside().ShouldBe([aside[0]]);
        _bench.Events.OfType<BuildNote>().ShouldBeEmpty();
        foreach (string name in new[] { "a", "b", "d" })
            BuildBench.Outcomes(Build(name + " last", Chain(text: new string(name[0], 10_000)))).ShouldBe("First:Restored Last:Restored");
    }

    private string[] SetAside() => Directory.GetFiles(Path.Combine(Cache, "quarantine"));

    private string[] Claims() => Directory.GetFiles(Path.Combine(Cache, "runs"), "*.json", SearchOption.AllDirectories);

    private IStage[] Chain(string text = "one", string prefix = "<")
    {
        Artifact raw = _bench.Raw("raw", text);
        Step first = _bench.Join("First", "", "first.txt", [raw], "(");
        return [new ToyStage("First", first), new ToyStage("Last", _bench.Join("Last", "", "last.txt", [first.Writes[0]], prefix))];
    }

    private BuildSummary Build(
        string folder,
        IReadOnlyList<IStage> stages,
        ulong seed = 7,
        CacheRestore restore = CacheRestore.Copy,
        bool useCache = true,
        long most = CacheSettings.DefaultMostBytes) =>
        _bench.Build(
            _bench.Request(stages) with
            {
                Out = Path.Combine(_bench.Root, folder),
                Seed = seed,
                Cache = useCache ? new CacheSettings(Cache, most, restore) : null,
            });

    // While the step works, the other checkout's claim comes into sight.
    private BuildSummary BuildRacing(string folder, IReadOnlyList<IStage> stages) => _bench.Build(_bench.Request(stages) with
    {
        Out = Path.Combine(_bench.Root, folder),
        Cache = new CacheSettings(Cache),
        Passing = point =>
        {
            if (point != "worked Moody") return;
            foreach (string away in Directory.GetFiles(Path.Combine(Cache, "runs"), "*.away", SearchOption.AllDirectories))
                File.Move(away, away[..^".away".Length]);
        },
    });

    private static void MakeWritable(string file)
    {
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }

    private static void FlipABit(string file)
    {
        byte[] bytes = File.ReadAllBytes(file);
        bytes[^1] ^= 1;
        File.WriteAllBytes(file, bytes);
    }
}
