using Shouldly;
using TauPipeline.BuildGraph;
using TauPipeline.Foundation;
using TauPipeline.Tests.Support;
using Xunit;

namespace TauPipeline.Tests.Unit.BuildGraph;

/// <summary>The lock file: as it is written it is read, and anything else is refused with its place.</summary>
public sealed class ProductLockTests : IDisposable
{
    private readonly TempFolder _folder = new();

    private static readonly ProductLock Sample = new("demo",
    [
        LockedStage.Of("Apply", [Product("apply/b c.h5", 20), Product("apply/B.h5", 1), Product("apply/a.h5", 10)]),
        LockedStage.Of("Plot", [new ProductState("plot", ArtifactKind.Folder, 77, ContentHash.Of("plot"))]),
        LockedStage.Of("Train", []),
    ]);

    private string Lock => _folder.At("demo.lock");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void What_is_written_is_read_back_sorted_and_without_anything_of_this_machine()
    {
        Sample.Write(Lock);

        var found = ProductLock.Read(Lock);

        found.ToText().ShouldBe(Sample.ToText());
        found.Stages[0].Lines.Select(line => line.What).ShouldBe(["apply/B.h5", "apply/a.h5", "apply/b c.h5"]);
        found.Stages[1].Lines.Single().What.ShouldBe("plot/");
        Sample.Compare(found, Lock).ShouldBeEmpty();
        File.ReadAllText(Lock).ShouldNotContain("\r");
        Directory.EnumerateFiles(_folder.Path).ShouldBe([Lock]);
    }

    [Fact]
    public void The_hash_of_a_line_is_the_sha256_of_the_product()
    {
        // sha256sum of "abc", FIPS 180-2 appendix B.1
        var locked = new ProductLock(
            "demo",
            [LockedStage.Of("Apply", [new ProductState("a", ArtifactKind.Product, 3, ContentHash.Of("abc"))])]);

        locked.ToText().ShouldContain("- a 3 sha256:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad\n");
    }

    [Fact]
    public void A_stage_of_more_than_200_products_is_one_line_that_any_of_them_changes()
    {
        ProductState[] many = [.. Enumerable.Range(0, 201).Select(i => Product($"ingest/{i:D3}.h5", i))];
        var stage = LockedStage.Of("Ingest", many);

        stage.Lines.Single().What.ShouldBe("(201 products)");
        stage.Lines.Single().Size.ShouldBe(201 * 200 / 2);
        LockedStage.Of("Ingest", many.Reverse()).Digest.ShouldBe(stage.Digest);
        LockedStage.Of("Ingest", [.. many[..200], Product("ingest/200.h5", 7)]).Digest.ShouldNotBe(stage.Digest);
        LockedStage.Of("Ingest", many[..200]).Lines.Count.ShouldBe(200);
        new ProductLock("demo", [stage]).Write(Lock);
        ProductLock.Read(Lock).Stages.Single().Digest.ShouldBe(stage.Digest);
    }

    [Theory]
    [InlineData("format: 1", "format: 9", 2, "the lock is of format '9'")]
    [InlineData("  Plot:", "<<<<<<< HEAD\n  Plot:", 11, "the lock has a merge conflict")]
    [InlineData("  Plot:", "=======\n  Plot:", 11, "the lock has a merge conflict")]
    [InlineData("apply/a.h5 10", "apply/a.h5 11", 6, "the lines of stage 'Apply' are not those that were locked")]
    [InlineData("apply/a.h5 10", "apply/a.h5 ten", 9, "this is not a line of a lock")]
    [InlineData("    products:\n    - apply/B.h5", "    - apply/B.h5", 7, "this is not a line of a lock")]
    [InlineData("  Train:", "  Apply:", 15, "the lock is not sorted")]
    [InlineData("apply/B.h5", "apply/c.h5", 9, "the lock is not sorted")]
    [InlineData("campaign: demo", "", 3, "this is not a line of a lock")]
    public void What_was_not_written_by_us_is_refused_with_its_line(string written, string edited, int line, string message)
    {
        File.WriteAllText(Lock, Sample.ToText().Replace(written, edited, StringComparison.Ordinal));

        Should.Throw<Misuse>(() => ProductLock.Read(Lock)).Text.Title.ShouldBe($"{Lock}:{line}: {message}");
    }

    [Fact]
    public void A_hash_edited_by_hand_is_seen_whether_it_still_is_one_or_not()
    {
        string text = Sample.ToText(), hash = Sample.Stages[0].Lines[1].Hash.ToString();
        string other = (hash[0] == '0' ? '1' : '0') + hash[1..];

        File.WriteAllText(Lock, text.Replace(hash, other, StringComparison.Ordinal));
        Should.Throw<Misuse>(() => ProductLock.Read(Lock))
            .Text.Title.ShouldBe($"{Lock}:6: the lines of stage 'Apply' are not those that were locked");
        File.WriteAllText(Lock, text.Replace(hash, hash[1..], StringComparison.Ordinal));
        Should.Throw<Misuse>(() => ProductLock.Read(Lock)).Text.Title.ShouldBe($"{Lock}:9: this is not a line of a lock");
    }

    [Fact]
    public void A_lock_cut_at_any_line_is_refused_or_lacks_whole_stages()
    {
        string[] lines = Sample.ToText().Split('\n')[..^1];
        for (int kept = 0; kept < lines.Length; kept++)
        {
            File.WriteAllText(Lock, string.Concat(lines[..kept].Select(line => line + "\n")));

            Should.Throw<Misuse>(() => ProductLock.Read(Lock).Compare(Sample, Lock), $"{kept} lines kept");
        }
    }

    [Fact]
    public void Missing_and_strange_stages_and_another_campaign_are_said_as_such()
    {
        var fewer = new ProductLock("demo", Sample.Stages.Skip(1).ToArray());

        Should.Throw<Misuse>(() => fewer.Compare(Sample, "demo.lock"))
            .Text.Title.ShouldBe("demo.lock lacks stage 'Apply' of this campaign");
        Should.Throw<Misuse>(() => Sample.Compare(fewer, "demo.lock"))
            .Text.Title.ShouldBe("demo.lock has stage 'Apply', which this campaign does not have");
        Should.Throw<Misuse>(() => (Sample with { Campaign = "other" }).Compare(Sample, "demo.lock"))
            .Text.Title.ShouldBe("demo.lock is the lock of another campaign");
    }

    [Fact]
    public void Differences_are_products_that_changed_went_or_came()
    {
        var now = new ProductLock(
            "demo",
            [
                LockedStage.Of("Apply", [Product("apply/a.h5", 10), Product("apply/B.h5", 2), Product("apply/d.h5", 4)]),
                .. Sample.Stages.Skip(1),
            ]);

        Sample.Compare(now, Lock).Select(difference => difference.ToString().Split(':')[0])
            .ShouldBe([
                "apply/B.h5 of Apply differs",
                "apply/b c.h5 of Apply is locked but not there",
                "apply/d.h5 of Apply is not in the lock",
            ]);
    }

    private static ProductState Product(string path, long size) => new(path, ArtifactKind.Product, size, ContentHash.Of($"{path} {size}"));
}
