using Shouldly;
using TauPipeline.BuildGraph;
using TauPipeline.Columns;
using TauPipeline.Foundation;
using Xunit;

namespace TauPipeline.Tests.Unit.Formats;

/// <summary>The hash of each column of a shard: of its values alone, however they came.</summary>
public sealed class TupleShardHashTests : IDisposable
{
    private readonly ShardScratch _scratch = new();

    public void Dispose() => _scratch.Dispose();

    [Fact]
    public void File_and_hashes_do_not_depend_on_the_sizes_of_batches()
    {
        Batch rows = ShardScratch.Candidates(40_000);
        IReadOnlyDictionary<string, ContentHash> whole = _scratch.Write("whole.h5", ShardScratch.Origin, rows);

        IReadOnlyDictionary<string, ContentHash> parts = _scratch.Write(
            "parts.h5",
            ShardScratch.Origin,
            ShardScratch.Cut(rows, 1, 1022, 5, 20_000, 3, 18_969));

        parts.ShouldBe(whole);
        File.ReadAllBytes(_scratch.File_("parts.h5")).ShouldBe(File.ReadAllBytes(_scratch.File_("whole.h5")));
    }

    [Fact]
    public void A_further_column_changes_no_other_hash()
    {
        Batch rows = ShardScratch.Candidates(5000);
        IReadOnlyDictionary<string, ContentHash> before = _scratch.Write("a.h5", ShardScratch.Origin, rows);

        IReadOnlyDictionary<string, ContentHash> after = _scratch.Write(
            "b.h5",
            ShardScratch.Origin,
            rows.With(new Column<int>("run", new int[5000])));

        after.Count.ShouldBe(before.Count + 1);
        foreach ((string name, ContentHash hash) in before) after[name].ShouldBe(hash, name);
        before.Keys.ShouldContain(ProductOutput.SchemaColumn);
    }

    [Fact]
    public void A_changed_value_count_or_attribute_changes_just_its_own_hash()
    {
        Batch rows = ShardScratch.Candidates(5000);
        IReadOnlyDictionary<string, ContentHash> before = _scratch.Write("a.h5", ShardScratch.Origin, rows);
        float[] pt = rows.Flat<float>("tau_pt").ToArray();
        pt[4321] += 1;

        Changed(_scratch.Write("b.h5", ShardScratch.Origin, rows.With(new Column<float>("tau_pt", pt)))).ShouldBe(["tau_pt"]);
        Changed(_scratch.Write("c.h5", new() { ["origin"] = "dy/0002", ["generator"] = "demo" }, rows))
            .ShouldBe([ProductOutput.SchemaColumn]);
        Changed(
                _scratch.Write(
                    "d.h5",
                    ShardScratch.Origin,
                    rows.With(
                        ShardScratch.MovedByOneRow(rows.Jagged<float>("pfCand_pt")),
                        ShardScratch.MovedByOneRow(rows.Jagged<sbyte>("pfCand_charge")))))
            .ShouldBe(["pfCand_charge", "pfCand_pt"]);

        IEnumerable<string> Changed(IReadOnlyDictionary<string, ContentHash> after) =>
            before.Keys.Where(name => after[name] != before[name]);
    }

    [Fact]
    public void The_hash_of_a_column_is_Foundations()
    {
        Batch rows = ShardScratch.Candidates(3000);
        IReadOnlyDictionary<string, ContentHash> written = _scratch.Write("a.h5", ShardScratch.Origin, rows);
        using var pt = new ColumnHash("tau_pt", "float32");
        using var charge = new ColumnHash("pfCand_charge", "int8[]");
        JaggedColumn<sbyte> charges = rows.Jagged<sbyte>("pfCand_charge");

        pt.Append(rows.Flat<float>("tau_pt"));
        charge.Append([.. Enumerable.Range(0, 3000).Select(row => charges[row].Length)], charges.Values);

        written["tau_pt"].ShouldBe(pt.Finish());
        written["pfCand_charge"].ShouldBe(charge.Finish());
    }
}
