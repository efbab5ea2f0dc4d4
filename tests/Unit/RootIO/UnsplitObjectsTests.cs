using Shouldly;
using TauPipeline.RootIO;
using TauPipeline.Tests.Support;

namespace TauPipeline.Tests.Unit.RootIO;

/// <summary>Objects that are not split, in public files: alone, and as members; with and without a head (guide section 3.3).</summary>
public sealed class UnsplitObjectsTests
{
    // Sums: uproot.
    [SharedDataFact]
    public void Lorentz_vectors_behind_a_byte_count_and_a_version_are_read()
    {
        Sums("TLorentzVector.root", "t1", "LV.").ShouldBe([111111, 222222, 333333, 444444]);
        Sums("tlv-split01.root", "tree", "p4.").ShouldBe([45, 55, 65, 75]);

        using RootFile file = RootFile.Open(ReportedFiles.Path("TLorentzVector.root"));
        file.Tree("t1")
            .ReadColumns(["LV.fP.fX", "LV.fP.fY", "LV.fP.fZ", "LV.fE"])
            .Single()
            .Columns.Select(column => column.Values<double>()[0])
            .ShouldBe([1.0, 2, 3, 4]);
    }

    // A TDatime writes one number and nothing around it, wherever it stands.
    [SharedDataFact]
    public void Dates_are_read_alone_and_as_members_of_objects_without_a_head()
    {
        using RootFile file = RootFile.Open(ReportedFiles.Path("tdatime.root"));
        RootBatch batch = file.Tree("tree")
            .ReadColumns(["b0.fDatime", "b1.d.fDatime", "b2.d.fDatime", "b2.pad", "b3.d.fDatime", "b3.pad"])
            .Single();

        foreach (string date in (string[])["b0.fDatime", "b1.d.fDatime", "b2.d.fDatime", "b3.d.fDatime"])
            batch[date]
                .Values<uint>()
                .ToArray()
                .Select(Date)
                .ShouldBe([new DateTime(2006, 1, 2, 15, 4, 5), new DateTime(2006, 1, 3, 15, 4, 5)], date);
        foreach (string pad in (string[])["b2.pad", "b3.pad"])
            batch[pad].Values<sbyte>().ToArray().ShouldBe([49, 50, 51, 52, 53, 0, 49, 50, 51, 52, 53, 0], pad);
    }

    // Entry i of the file holds i values of i in each list; its vector<double> is a member with another layout.
    [SharedRootFilesFact]
    public void Arrays_that_another_member_counts_are_read_in_unsplit_objects()
    {
        using RootFile file = RootFile.Open(SharedRootFiles.Path("go-hep", "chain.1.root"));
        RootBatch batch = file.Tree("tree").ReadColumns(["evt.SliceF64", "evt.StlVecF64", "evt.N", "evt.End"]).Single();

        double[] expected = [.. Enumerable.Range(0, 10).SelectMany(i => Enumerable.Repeat((double)i, i))];
        batch["evt.SliceF64"].Values<double>().ToArray().ShouldBe(expected);
        batch["evt.SliceF64"].Offsets(0).ToArray().ShouldBe([0, 0, 1, 3, 6, 10, 15, 21, 28, 36, 45]);
        batch["evt.StlVecF64"].Values<double>().ToArray().ShouldBe(expected);
        batch["evt.End"].Text(9).ShouldBe("end-009");
    }

    // yyyyyy mmmm ddddd hhhhh mmmmmm ssssss, from 1995 (guide section 1.2).
    private static DateTime Date(uint bits) =>
        new(
            (int)(bits >> 26) + 1995,
            (int)(bits >> 22) & 15,
            (int)(bits >> 17) & 31,
            (int)(bits >> 12) & 31,
            (int)(bits >> 6) & 63,
            (int)bits & 63);

    private static double?[] Sums(string name, string path, string prefix)
    {
        using RootFile file = RootFile.Open(ReportedFiles.Path(name));
        RootTree tree = file.Tree(path);
        return [.. ((string[])["fP.fX", "fP.fY", "fP.fZ", "fE"]).Select(member => BranchDigest.Of(tree, tree.Branch(prefix + member)).Sum)];
    }
}
