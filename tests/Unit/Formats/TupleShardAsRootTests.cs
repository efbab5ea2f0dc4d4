using System.Text.Json;
using Shouldly;
using TauPipeline.BuildGraph;
using TauPipeline.Columns;
using TauPipeline.Formats;
using TauPipeline.Foundation;
using TauPipeline.RootIO;
using TauPipeline.Tests.Support;
using TauPipeline.Tests.Unit.RootIO;
using Xunit;

namespace TauPipeline.Tests.Unit.Formats;

/// <summary>A tuple shard as a ROOT file: read back by us and by JSROOT.</summary>
public sealed class TupleShardAsRootTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Every_column_keeps_its_values_and_tables_are_counted()
    {
        Batch rows = Shard();

        TupleShardAsRoot.Write(_folder.At("a.h5"), _folder.At("a.root"), _ => true).ShouldBe(4);

        using RootFile file = RootFile.Open(_folder.At("a.root"));
        RootTree tree = file.Tree("taus");
        tree.Branches.Select(branch => branch.Name).ShouldBe(["tau_pt", "score", "npfCand", "pfCand_pt", "pfCand_charge"]);
        Batch back = tree.Read(["tau_pt", "score", "npfCand", "pfCand_pt", "pfCand_charge"]).Single();
        back.Flat<float>("tau_pt").ToArray().ShouldBe(rows.Flat<float>("tau_pt").ToArray());
        back.Flat<double>("score").ToArray().ShouldBe(rows.Flat<double>("score").ToArray());
        back.Flat<int>("npfCand").ToArray().ShouldBe([2, 0, 1, 3]);
        back.Jagged<float>("pfCand_pt").Values.ToArray().ShouldBe(rows.Jagged<float>("pfCand_pt").Values.ToArray());
        back.Jagged<sbyte>("pfCand_charge").Offsets.ToArray().ShouldBe([0, 2, 2, 3, 6]);
    }

    [JsRootFact]
    public void JSROOT_reads_numbers_and_vectors_alike()
    {
        Batch rows = Shard();
        TupleShardAsRoot.Write(_folder.At("a.h5"), _folder.At("a.root"), _ => true);

        JsonElement taus = JsRoot.Read(_folder.At("a.root")).GetProperty("taus");

        taus.GetProperty("score").EnumerateArray().Select(value => value.GetDouble()).ShouldBe(rows.Flat<double>("score").ToArray());
        taus.GetProperty("pfCand_pt")[3].EnumerateArray().Select(value => value.GetSingle()).ShouldBe([3.5f, 4.5f, 5.5f]);
    }

    [Fact]
    public void Only_wanted_columns_are_written_and_none_is_misuse()
    {
        Shard();

        TupleShardAsRoot.Write(_folder.At("a.h5"), _folder.At("a.root"), name => name == "score");

        using (RootFile file = RootFile.Open(_folder.At("a.root"))) file.Tree("taus").Branches.Single().Name.ShouldBe("score");
        Should.Throw<Misuse>(() => TupleShardAsRoot.Write(_folder.At("a.h5"), _folder.At("b.root"), _ => false))
            .Text.Facts.ShouldContain(("columns", "tau_pt, score, pfCand_pt, pfCand_charge"));
        Directory.GetFiles(_folder.Path).Select(Path.GetFileName).Order().ShouldBe(["a.h5", "a.root"]);
    }

    private Batch Shard()
    {
        int[] offsets = [0, 2, 2, 3, 6];
        var rows = new Batch(
        [
            new Column<float>("tau_pt", new[] { 20.5f, 31, 42, 53 }), new Column<double>("score", new[] { 0.125, 1 / 3.0, 0.5, 1 }),
            new JaggedColumn<float>("pfCand_pt", "pfCand", offsets, new[] { 0.5f, 1.5f, 2.5f, 3.5f, 4.5f, 5.5f }),
            new JaggedColumn<sbyte>("pfCand_charge", "pfCand", offsets, new sbyte[] { 1, -1, 0, 1, 1, -1 }),
        ]);
        using TupleShardWriter writer = TupleShardWriter.Create(new ProductOutput(_folder.At("a.h5")));
        writer.Begin(rows.Schema, new Dictionary<string, string>());
        writer.Append(rows);
        return rows;
    }
}
