using Shouldly;
using TauPipeline.Codecs;
using TauPipeline.Columns;
using TauPipeline.Foundation;
using TauPipeline.RootIO;
using Xunit;

namespace TauPipeline.Tests.Unit.RootIO;

public sealed class RootTreeTests : IDisposable
{
    private readonly WrittenFiles _files = new();

    public void Dispose() => _files.Dispose();

    [Fact]
    public void A_missing_branch_is_named_with_the_nearest_ones()
    {
        using RootFile file = RootFile.Open(_files.Write(CodecKind.None, 10));

        StepFailed failed = Should.Throw<StepFailed>(() => file.Tree("taus").Read(["tau_ptt"]));

        failed.Text.Title.ShouldBe("tree 'taus' has no branch 'tau_ptt'");
        failed.Text.Facts[1].Value.ShouldStartWith("tau_pt");
    }

    [Fact]
    public void A_branch_of_another_type_is_named_with_both_types()
    {
        using RootFile file = RootFile.Open(_files.Write(CodecKind.None, 10));

        StepFailed failed = Should.Throw<StepFailed>(() => file.Tree("taus").Branch("pfCand_pt", ColumnType.Float64, isJagged: true));

        failed.Text.Facts.ShouldContain(("expected", "float64[]"));
        failed.Text.Facts.ShouldContain(("found", "vector<float>"));
    }

    [Fact]
    public void A_missing_tree_is_named_with_the_nearest_ones()
    {
        using RootFile file = RootFile.Open(_files.Write(CodecKind.None, 10));

        Should.Throw<StepFailed>(() => file.Tree("tau")).Text.Facts.ShouldContain(("nearest", "taus, summary"));
    }

    [Fact]
    public void What_is_no_ROOT_file_is_refused_with_its_first_bytes()
    {
        string path = _files.Path("pointer.root");
        File.WriteAllText(path, "version https://example.org/large-file\n");

        Should.Throw<StepFailed>(() => RootFile.Open(path))
            .Text.Facts[1]
            .Value.ShouldBe("39 bytes beginning with 76657273696f6e2068747470733a2f2f");
    }

    [Fact]
    public void Entries_beyond_the_last_are_refused()
    {
        using RootFile file = RootFile.Open(_files.Write(CodecKind.None, 10));

        Should.Throw<StepFailed>(() => file.Tree("taus").Read(["tau_pt"], 5, 11, 100)).Text.Title.ShouldBe("'taus' has no entries 5 to 10");
    }

    [Fact]
    public void Decoding_allocates_the_batch_and_a_bound_per_basket_but_nothing_per_entry()
    {
        const int rows = 10_000;
        using RootFile file = RootFile.Open(_files.Write(CodecKind.Lz4, rows, basketBytes: 4_000));
        RootTree tree = file.Tree("taus");
        string[] names = ["tau_pt", "Tau_pt", "pfCand_pt", "bits"];
        foreach (Batch warmUp in tree.Read(names, 0, rows, 2500)) warmUp.Rows.ShouldBe(2500);

        long before = GC.GetAllocatedBytesForCurrentThread(), values = 0, offsets = 0;
        foreach (Batch batch in tree.Read(names, 0, rows, 2500))
        {
            foreach (Column column in batch.Columns) values += column.Bytes.Length;
            offsets += 3 * sizeof(int) * (batch.Rows + 1);
        }
        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        int baskets = names.Sum(name => tree.Branch(name).Baskets);

        // Values may be moved once when a batch grows; each branch keeps buffers of one basket; a key is three short strings.
        (allocated - 2 * values - offsets).ShouldBeLessThan(baskets * 1024L + 4 * 6 * 4_000L + 100_000);
    }

    [SharedRootFilesFact]
    public void Several_cycles_of_a_tree_are_told_apart_and_the_newest_is_the_default()
    {
        using RootFile file = RootFile.Open(SharedRootFiles.Path("uproot-issue31.root"));

        file.Keys.Where(key => key.Path == "T").Select(key => key.Cycle).Order().ShouldBe([1, 2]);
        file.Find("T").Cycle.ShouldBe(2);
        file.Find("T;1").Cycle.ShouldBe(1);
    }

    [SharedRootFilesFact]
    public void Nested_directories_are_listed_with_their_paths()
    {
        using RootFile file = RootFile.Open(SharedRootFiles.Path("dirs-6.14.00.root"));

        file.Keys.Select(key => key.Path).ShouldBe(["dir1", "dir1/dir11", "dir1/dir11/h1", "dir2", "dir3"]);
    }

    [SharedRootFilesFact]
    public void A_branch_of_a_kind_that_is_not_read_is_refused_by_name_and_reason()
    {
        using RootFile file = RootFile.Open(SharedRootFiles.Path("uproot-issue390.root"));

        StepFailed failed = Should.Throw<StepFailed>(() => file.Tree("E").Read(["Evt/trks/trks.usr_data"]));

        failed.Text.Title.ShouldBe("branch 'E/Evt/trks/trks.usr_data' cannot be read");
        failed.Text.Facts.ShouldContain(("type", "vector<AAny>"));
    }

    [SharedRootFilesFact]
    public void Real_tau_candidates_of_CMS_open_data_keep_their_counts()
    {
        // 81 candidates in 79 of 200 events: counted by uproot and JSROOT.
        using RootFile file = RootFile.Open(SharedRootFiles.Path("nanoAOD_2015_CMS_Open_Data_ttbar.root"));

        Batch events = file.Tree("Events").Read(["nTau", "Tau_pt", "Tau_decayMode"]).Single();

        events.Flat<uint>("nTau").ToArray().Count(n => n > 0).ShouldBe(79);
        events.Jagged<float>("Tau_pt").Values.Length.ShouldBe(81);
        events.Jagged<float>("Tau_pt").Spec.Table.ShouldBe("Tau");
        events.Jagged<int>("Tau_decayMode").Values.ToArray().Count(mode => mode == 0).ShouldBe(68);
    }
}
