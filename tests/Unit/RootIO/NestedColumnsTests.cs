using Shouldly;
using TauPipeline.Foundation;
using TauPipeline.RootIO;

namespace TauPipeline.Tests.Unit.RootIO;

/// <summary>Values of std-containers-split00.root and its like as their makers wrote them: entry i holds one, two, ... items.</summary>
public sealed class NestedColumnsTests
{
    [SharedRootFilesFact]
    public void A_map_is_two_columns_keys_and_values()
    {
        RootBatch batch = Read("std-containers-split00.root", "tree", "map_str_vec_i16.first", "map_str_vec_i16.second");

        RootColumn keys = batch["map_str_vec_i16.first"], values = batch["map_str_vec_i16.second"];

        keys.Offsets(0).ToArray().ShouldBe([0, 1, 3]);
        Enumerable.Range(0, keys.Items).Select(keys.Text).ShouldBe(["one", "one", "two"]);
        values.Offsets(0).ToArray().ShouldBe([0, 1, 3]);
        values.Offsets(1).ToArray().ShouldBe([0, 1, 2, 4]);
        values.Values<short>().ToArray().ShouldBe([-1, -1, -1, -2]);
    }

    [SharedRootFilesFact]
    public void Depth_three_has_three_levels_of_offsets()
    {
        RootColumn column = Read("std-containers-split00.root", "tree", "map_i32_vec_vec_i16.second").Columns[0];

        column.Shape.TypeName.ShouldBe("int16[][][]");
        column.Offsets(0).ToArray().ShouldBe([0, 1, 3]);
        column.Offsets(1).ToArray().ShouldBe([0, 1, 3, 4]);
        column.Offsets(2).ToArray().ShouldBe([0, 1, 2, 4, 5]);
        column.Values<short>().ToArray().ShouldBe([-1, -1, -1, -2, -1]);
    }

    [SharedRootFilesFact]
    public void A_map_that_is_written_pair_by_pair_is_read_too()
    {
        // The trigger's names and prescales, of 4,000 events: each prescale is 1.
        RootBatch[] batches = ReadAll("uproot-issue243.root", "triggerList", "triggerMap.first", "triggerMap.second");

        batches.SelectMany(batch => Enumerable.Range(0, batch.Columns[0].Items).Select(batch.Columns[0].Text)).Distinct().Order().ShouldBe(
            ["HLT_2j35_bmv2c1070_split_2j35_bmv2c1085_split_L14J15.0ETA25", "HLT_4j35_bmv2c1077_split_L14J15.0ETA25"], ignoreOrder: true);
        batches.SelectMany(batch => batch.Columns[1].Values<double>().ToArray()).ShouldAllBe(value => value == 1);
    }

    [SharedRootFilesFact]
    public void Members_of_an_object_inside_a_split_one_are_columns_of_their_own()
    {
        using RootFile file = RootFile.Open(SharedRootFiles.Path("uproot-issue-569.root"));

        RootTree tree = file.Tree("MCTruthTree");

        tree.Branches.Where(branch => branch.BranchPath.EndsWith("vertices.fPosition_mm", StringComparison.Ordinal))
            .Select(branch => branch.Field)
            .ShouldBe(["TObject.fVersion", "TObject.fUniqueID", "TObject.fBits", "fX", "fY", "fZ"]);
        tree.ReadColumns(["MCTruthEvent/vertices/vertices.fPosition_mm.fX"]).Single().Columns[0].Values<double>().ToArray().ShouldBe([0.0]);
    }

    [SharedRootFilesFact]
    public void Links_written_member_by_member_number_the_jets_of_each_event()
    {
        // In each event one link a jet, in order, and a last one to no jet: key 0, index all ones.
        const string links = "METAssoc_AnalysisMETAux./METAssoc_AnalysisMETAux.jetLink.ElementLinkBase.";
        RootBatch batch = Read("uproot-issue-951.root", "CollectionTree", links + "m_persKey", links + "m_persIndex");
        RootColumn<uint> keys = (RootColumn<uint>)batch.Columns[0], indices = (RootColumn<uint>)batch.Columns[1];

        for (int entry = 0; entry < batch.Entries; entry++)
        {
            indices[entry].ToArray().ShouldBe([.. Enumerable.Range(0, indices[entry].Length - 1).Select(i => (uint)i), uint.MaxValue]);
            keys[entry].ToArray().Select(key => key == 0).ShouldBe([.. Enumerable.Repeat(false, keys[entry].Length - 1), true]);
        }
        keys.Items.ShouldBe(505);
    }

    [SharedRootFilesFact]
    public void Links_in_nested_vectors_are_a_column_a_member()
    {
        RootBatch batch = Read(
            "uproot-issue-951.root",
            "CollectionTree",
            "TruthBottomAuxDyn.childLinks.ElementLinkBase.m_persIndex",
            "TruthBottomAuxDyn.pdgId");

        batch.Columns[0].Shape.TypeName.ShouldBe("uint32[][]");
        batch.Columns[0].Offsets(0).ToArray().ShouldBe(batch.Columns[1].Offsets(0).ToArray());
    }

    [SharedRootFilesFact]
    public void Vectors_of_the_members_of_a_split_collection_agree_with_its_count()
    {
        RootBatch batch = Read("uproot-issue390.root", "E", "Evt/trks", "Evt/trks/trks.rec_stages", "Evt/trks/trks.E");

        RootColumn stages = batch["Evt/trks/trks.rec_stages"];

        stages.Offsets(0).ToArray().ShouldBe(batch["Evt/trks/trks.E"].Offsets(0).ToArray());
        stages.Offsets(0)[^1].ShouldBe(batch["Evt/trks"].Values<int>().ToArray().Sum());
        stages.Values<int>()[..3].ToArray().ShouldBe([1, 3, 5]);
    }

    [SharedRootFilesFact]
    public void Dimensions_are_told_apart_from_counts()
    {
        using RootFile file = RootFile.Open(SharedRootFiles.Path("ndim.root"));

        file.Tree("tree").Branch("ArrF64").Shape!.Dimensions.ShouldBe([2, 3, 4, 5]);
        file.Tree("tree").Branch("ArrF64").Shape!.TypeName.ShouldBe("float64[2][3][4][5]");
    }

    [SharedRootFilesFact]
    public void Any_range_of_entries_is_the_same_part_of_the_whole()
    {
        using RootFile file = RootFile.Open(SharedRootFiles.Path("uproot-vectorVectorDouble.root"));
        RootTree tree = file.Tree("t");
        RootColumn whole = tree.ReadColumns(["x"]).Single().Columns[0];

        RootColumn part = tree.ReadColumns(["x"], new RootReadOptions { FirstEntry = 3, LastEntry = 5 }).Single().Columns[0];

        part.Offsets(0).ToArray().ShouldBe([.. whole.Offsets(0)[3..6].ToArray().Select(offset => offset - whole.Offsets(0)[3])]);
        part.Values<double>().ToArray().ShouldBe(whole.Values<double>()[^part.ValueCount..].ToArray());
    }

    [SharedRootFilesFact]
    public void Values_do_not_depend_on_threads_or_on_the_size_of_batches()
    {
        using RootFile file = RootFile.Open(SharedRootFiles.Path("uproot-HZZ-zlib.root"));
        RootTree tree = file.Tree("events");
        RootBranch[] branches = [.. tree.Branches.Where(branch => branch.WhyNotRead is null)];

        string[] alone = Digests(tree, branches, new RootReadOptions()),
            together = Digests(tree, branches, new RootReadOptions { Parallelism = 4, BatchEntries = 333 });

        together.ShouldBe(alone);
        alone.Length.ShouldBe(51);
    }

    [SharedRootFilesFact]
    public void A_column_asked_for_as_another_type_is_refused_with_both()
    {
        StepFailed failed = Should.Throw<StepFailed>(() =>
            Read("uproot-vectorVectorDouble.root", "t", "x").Columns[0].Values<float>().Length);

        failed.Text.Title.ShouldBe("column 'x' does not hold float32");
        failed.Text.Facts.ShouldContain(("found", "float64[][]"));
    }

    [SharedRootFilesFact]
    public void Nested_columns_do_not_go_into_a_batch_of_flat_ones()
    {
        using RootFile file = RootFile.Open(SharedRootFiles.Path("uproot-vectorVectorDouble.root"));

        Should.Throw<StepFailed>(() => file.Tree("t").Read(["x"]))
            .Text.Title.ShouldBe("column 'x' does not fit a batch of flat and jagged columns");
    }

    private static string[] Digests(RootTree tree, RootBranch[] branches, RootReadOptions options)
    {
        BranchDigestBuilder[] builders = [.. branches.Select(branch => new BranchDigestBuilder(branch.Shape!))];
        foreach (RootBatch batch in tree.ReadColumns(branches, options))
            for (int i = 0; i < builders.Length; i++) builders[i].Add(batch.Columns[i]);
        string[] digests = [.. builders.Select((builder, i) => builder.Finish("", "", branches[i].Name).ToJson())];
        foreach (BranchDigestBuilder builder in builders) builder.Dispose();
        return digests;
    }

    private static RootBatch Read(string file, string tree, params string[] branches) => ReadAll(file, tree, branches).Single();

    private static RootBatch[] ReadAll(string path, string tree, params string[] branches)
    {
        using RootFile file = RootFile.Open(SharedRootFiles.Path(path));
        return [.. file.Tree(tree).ReadColumns(branches)];
    }
}
