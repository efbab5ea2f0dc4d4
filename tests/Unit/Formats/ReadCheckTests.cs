using System.Security.Cryptography;
using System.Text;
using Shouldly;
using TauPipeline.BuildGraph;
using TauPipeline.Columns;
using TauPipeline.Formats;
using TauPipeline.Foundation;
using TauPipeline.Tests.Support;
using TauPipeline.Tests.Unit.Hdf5IO;
using Xunit;
using Xunit.Abstractions;

namespace TauPipeline.Tests.Unit.Formats;

/// <summary>What a writer stated of its columns is compared when they have been read to their end.</summary>
public sealed class ReadCheckTests(ITestOutputHelper output) : IDisposable
{
    private const int Rows = 40_000;

    private readonly Hdf5Scratch _scratch = new();

    public void Dispose() => _scratch.Dispose();

    [Fact]
    public void Columns_that_are_as_they_were_written_pass_in_any_batches_and_again()
    {
        using TupleShardReader reader = Open(Write());

        foreach (int rows in new[] { 7000, 16_384, 1 << 20 }) reader.Batches(rows).Sum(batch => batch.Rows).ShouldBe(Rows);
    }

    [Fact]
    public void Another_value_is_told_at_the_last_row_with_file_and_column()
    {
        using TupleShardReader reader = Open(Write(), Write("other.h5", changedRow: 12_345));

        reader.Read(0, Rows - 1, ["pt"]).Rows.ShouldBe(Rows - 1);
        StepFailed error = Should.Throw<StepFailed>(() => reader.Batches(10_000, ["pt"]).Last());

        error.Message.ShouldStartWith($"'{_scratch.File_()}': 'pt' is not what was written\n  written  sha256 ");
        reader.Batches(10_000, ["hits"]).Sum(batch => batch.Rows).ShouldBe(Rows);
    }

    [Fact]
    public void Another_length_of_one_list_is_told_too()
    {
        using TupleShardReader reader = Open(Write(), Write("other.h5", longerRow: 778));

        Should.Throw<StepFailed>(() => reader.Batches(columns: ["hits"]).Last()).Message.ShouldContain("'hits' is not what was written");
    }

    [Fact]
    public void Other_attributes_are_told_when_the_file_is_opened()
    {
        IReadOnlyDictionary<string, ContentHash> stated = Write();
        Write(origin: "elsewhere");

        Should.Throw<StepFailed>(() => Open(stated)).Message.ShouldContain("'@schema' is not what was written");
    }

    [Fact]
    public void Rows_in_another_order_or_not_all_of_them_are_not_covered()
    {
        using TupleShardReader reader = Open(Write(), Write("other.h5", changedRow: 12_345));

        reader.Read(20_000, 20_000).Rows.ShouldBe(20_000);
        reader.Read(0, 20_000).Rows.ShouldBe(20_000);
        reader.Read(30_000, 10_000).Rows.ShouldBe(10_000);
    }

    [Fact]
    public void A_column_that_nobody_stated_is_not_hashed()
    {
        Write();
        using TupleShardReader reader = TupleShardReader.Open(new ProductInput(_scratch.File_()));

        reader.Batches().Sum(batch => batch.Rows).ShouldBe(Rows);
    }

    // Without the hashes some read on with other values: PureHDF compares no checksums of metadata.
    [Fact]
    public void Of_damaged_shards_none_gives_other_values_unnoticed() => Damaged(copies: 280);

    [LongFact]
    public void Nor_does_any_of_two_thousand() => Damaged(copies: 2002);

    private void Damaged(int copies)
    {
        IReadOnlyDictionary<string, ContentHash> stated = Write();
        string expected = Values(_scratch.File_(), stated);
        var damage = new FileDamage(File.ReadAllBytes(_scratch.File_()), seed: 5);
        var outcomes = new SortedDictionary<string, int>(StringComparer.Ordinal);
        int refused = 0, unnoticed = 0;

        for (int copy = 0; copy < copies; copy++)
        {
            (string kind, byte[] bytes) = damage.Next();
            File.WriteAllBytes(_scratch.File_("damaged.h5"), bytes);
            string outcome = "the same values";
            try
            {
                if (Values(_scratch.File_("damaged.h5"), stated) != expected) (outcome, unnoticed) = ("OTHER VALUES", unnoticed + 1);
            }
            catch (StepFailed told) { (outcome, refused) = (HowTold(told), refused + 1); }
            outcomes[$"{kind}: {outcome}"] = outcomes.GetValueOrDefault($"{kind}: {outcome}") + 1;
        }

        foreach ((string outcome, int count) in outcomes) output.WriteLine($"{outcome}: {count}");
        unnoticed.ShouldBe(0);
        refused.ShouldBeGreaterThan(copies / 4); // or nothing was damaged that matters
    }

    private static string HowTold(StepFailed error) =>
        error.Message.Contains("is not what was written", StringComparison.Ordinal) ? "told by a hash" : "refused";

    private static string Values(string file, IReadOnlyDictionary<string, ContentHash> stated)
    {
        using TupleShardReader reader = TupleShardReader.Open(new ProductInput(file) { ColumnHashes = stated });
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (Batch batch in reader.Batches())
            foreach (Column column in batch.Columns)
            {
                hash.AppendData(Encoding.UTF8.GetBytes($"{column.Spec}{batch.Rows}"));
                hash.AppendData(column.Bytes);
            }
        return string.Join(' ', reader.Attributes) + Convert.ToHexString(hash.GetHashAndReset());
    }

    // The first file, with the hashes of the second.
    private TupleShardReader Open(IReadOnlyDictionary<string, ContentHash> own, IReadOnlyDictionary<string, ContentHash>? stated = null) =>
        TupleShardReader.Open(new ProductInput(_scratch.File_()) { ColumnHashes = stated ?? own });

    private IReadOnlyDictionary<string, ContentHash> Write(
        string name = "a.h5",
        int changedRow = -1,
        int longerRow = -1,
        string origin = "here")
    {
        float[] pt = [.. Enumerable.Range(0, Rows).Select(i => i == changedRow ? -1 : i * 0.25f)];
        int[] offsets = new int[Rows + 1];
        for (int row = 0; row < Rows; row++) offsets[row + 1] = offsets[row] + row % 3;
        for (int row = longerRow; row >= 0 && row < longerRow + 3; row++) offsets[row + 1]++; // one more hit here, one fewer three rows on
        var hits = new short[offsets[^1]];
        var to = new ProductOutput(_scratch.File_(name));
        using TupleShardWriter writer = TupleShardWriter.Create(to);
        var batch = new Batch([new Column<float>("pt", pt), new JaggedColumn<short>("hits", "hit", offsets, hits)]);
        writer.Begin(batch.Schema, new Dictionary<string, string> { ["origin"] = origin });
        writer.Append(batch);
        writer.Complete();
        return to.Columns;
    }
}
