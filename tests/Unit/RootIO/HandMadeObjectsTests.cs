using Shouldly;
using TauPipeline.Foundation;
using TauPipeline.RootIO;
using Xunit;
using static TauPipeline.Tests.Unit.RootIO.HandMadeTree;

namespace TauPipeline.Tests.Unit.RootIO;

/// <summary>Objects as ROOT writes them (guide sections 1.5, 3.3 and 4.3), byte by byte.</summary>
public sealed class HandMadeObjectsTests
{
    private const int MemberWise = 0x4000, VectorVersion = 9;
    private static readonly StreamerInfo Point = Class("Point", 2, Member("x", DoubleCode, "double"), Member("n", IntCode, "int"));
    private static readonly StreamerInfo Track = Class(
        "Track",
        3,
        Base("Counted"),
        Member("id", IntCode, "int"),
        Member("far", PointedDoubleCode, "double*", "size"));
    private static readonly StreamerInfo Counted = Class(
        "Counted",
        1,
        Member("size", CounterCode, "int"),
        Member("near", PointedDoubleCode, "double*", "size"));

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Objects_of_a_TBranchObject_are_read_with_and_without_the_name_of_their_class(bool isVirtual)
    {
        byte[] Name() => isVirtual ? [5, .. "Point\0"u8] : [];
        BranchRecord branch = Branch("TBranchObject", "p", new LeafRecord("TLeafObject") { IsVirtual = isVirtual },
            [.. Name(), .. PointBytes(1.5, 7)], [.. Name(), .. PointBytes(-2.5, 8)]);
        branch.ObjectClass = "Point";

        RootBatch batch = Of([Point], branch).ReadColumns(["p.x", "p.n"]).Single();

        batch["p.x"].Values<double>().ToArray().ShouldBe([1.5, -2.5]);
        batch["p.n"].Values<int>().ToArray().ShouldBe([7, 8]);
    }

    [Fact]
    public void An_object_of_another_class_than_its_branch_says_is_refused_by_name()
    {
        BranchRecord branch = Branch(
            "TBranchObject",
            "p",
            new LeafRecord("TLeafObject") { IsVirtual = true },
            [5, .. "Other\0"u8, .. PointBytes(1, 1)]);
        branch.ObjectClass = "Point";

        Should.Throw<StepFailed>(() => Of([Point], branch).ReadColumns(["p.x"]).Count())
            .Message.ShouldContain("an entry is of class 'Other'");
    }

    // One head and one version for all points of the entry; then for each element of the outer collection its count, all x, all n.
    [Fact]
    public void Collections_written_member_by_member_inside_a_split_collection_are_read()
    {
        BranchRecord counts = Branch(
            "TBranchElement",
            "tracks",
            new LeafRecord("TLeafElement"),
            Bytes(w => w.I32(3)),
            Bytes(w => w.I32(0)),
            Bytes(w => w.I32(1)));
        counts.Embedded[0]!.Offsets = null;
        counts.Element = new ElementRecord("vector<Track>", "", "Track", 0, -1, 4, -1, null, null);
        BranchRecord points = Branch("TBranchElement", "tracks.points", new LeafRecord("TLeafElement"),
            Headed(VectorVersion | MemberWise, w => w.I16(2).I32(2).F64(1).F64(2).I32(10).I32(20).I32(0).I32(1).F64(3).I32(30)),
            [],
            Headed(VectorVersion | MemberWise, w => w.I16(2).I32(1).F64(4).I32(40)));
        points.Element = new ElementRecord("Track", "Track", "", 0, 0, 41, StlCode, counts, null);
        counts.Branches = [points];
        StreamerInfo track = Class("Track", 1, Member("points", StlCode, "vector<Point>"));

        RootBatch batch = Of([Point, track], counts).ReadColumns(["tracks/tracks.points.x", "tracks/tracks.points.n"]).Single();

        batch.Columns[0].Offsets(0).ToArray().ShouldBe([0, 3, 3, 4]);
        batch.Columns[0].Offsets(1).ToArray().ShouldBe([0, 2, 2, 3, 4]);
        batch.Columns[0].Values<double>().ToArray().ShouldBe([1.0, 2, 3, 4]);
        batch.Columns[1].Values<int>().ToArray().ShouldBe([10, 20, 30, 40]);
    }

    // A base counts its own array and that of the class; a pointer may be null whatever the count.
    [Fact]
    public void Arrays_counted_by_a_base_and_pointers_to_nothing_are_read()
    {
        BranchRecord branch = Branch(
            "TBranchElement",
            "t",
            new LeafRecord("TLeafElement"),
            TrackBytes(2, 5, [1, 2], [3, 4]),
            TrackBytes(3, 6, null, [7, 8, 9]),
            TrackBytes(0, 7, [], null));
        branch.Element = new ElementRecord("Track", "", "", Track.Checksum, -1, 0, -1, null, null);

        RootBatch batch = Of([Counted, Track], branch).ReadColumns(["t.Counted.near", "t.far", "t.id"]).Single();

        batch["t.Counted.near"].Offsets(0).ToArray().ShouldBe([0, 2, 2, 2]);
        batch["t.Counted.near"].Values<double>().ToArray().ShouldBe([1.0, 2]);
        batch["t.far"].Offsets(0).ToArray().ShouldBe([0, 2, 5, 5]);
        batch["t.far"].Values<double>().ToArray().ShouldBe([3.0, 4, 7, 8, 9]);
        batch["t.id"].Values<int>().ToArray().ShouldBe([5, 6, 7]);
    }

    [Fact]
    public void Counted_arrays_of_a_collection_written_member_by_member_are_read()
    {
        StreamerInfo hit = Class("Hit", 1, Member("size", CounterCode, "int"), Member("e", PointedDoubleCode, "double*", "size"));
        BranchRecord branch = Branch("TBranchElement", "h", new LeafRecord("TLeafElement"),
            Headed(VectorVersion | MemberWise, w => w.I16(1).I32(3).I32(1).I32(0).I32(2).U8(1).F64(5).U8(0).U8(1).F64(6).F64(7)));
        branch.Element = new ElementRecord("vector<Hit>", "", "", 0, -1, 0, -1, null, null);

        RootColumn column = Of([hit], branch).ReadColumns(["h.e"]).Single().Columns[0];

        column.Offsets(0).ToArray().ShouldBe([0, 3]);
        column.Offsets(1).ToArray().ShouldBe([0, 1, 1, 3]);
        column.Values<double>().ToArray().ShouldBe([5.0, 6, 7]);
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(int.MaxValue)]
    public void A_count_that_cannot_be_is_refused(int count)
    {
        BranchRecord branch = Branch("TBranchElement", "t", new LeafRecord("TLeafElement"), TrackBytes(count, 5, [1], [2]));
        branch.Element = new ElementRecord("Track", "", "", Track.Checksum, -1, 0, -1, null, null);

        Should.Throw<StepFailed>(() => Of([Counted, Track], branch).ReadColumns(["t.far"]).Count());
    }

    [Fact]
    public void A_refusal_names_the_innermost_member_at_fault()
    {
        StreamerInfo vertex = Class("Vertex", 1, Member("x", DoubleCode, "double"), Member("links", ObjectCode, "TRefArray"));
        StreamerInfo uncounted = Class("Uncounted", 1, Member("e", PointedDoubleCode, "double*", "size"));
        string Why(string name)
        {
            BranchRecord branch = Branch("TBranchElement", "b", new LeafRecord("TLeafElement"), [0]);
            branch.Element = new ElementRecord(name, "", "", 0, -1, 0, -1, null, null);
            return Of([vertex, uncounted, Class("Event", 1, Member("vertex", ObjectCode, "Vertex"))], branch).Branches.Single().WhyNotRead!;
        }

        Why("vector<Event>")
            .ShouldBe(
                "objects of type vector<Event> are not read: its member Vertex::links of type TRefArray is not read: the file does not describe TRefArray"
            );
        Why("vector<Uncounted>").ShouldContain("its member Uncounted::e of type double* is not read");
        Why("vector<Nowhere>").ShouldEndWith("the file does not describe Nowhere");
    }

    private static byte[] PointBytes(double x, int n) => Headed(2, w => w.F64(x).I32(n));

    private static byte[] TrackBytes(int size, int id, double[]? near, double[]? far) => Headed(3, w =>
    {
        w.Bytes(Headed(1, inner => Array(inner.I32(size), near)));
        Array(w.I32(id), far);
    });

    private static void Array(RootWriter writer, double[]? values)
    {
        writer.U8(values is null ? 0 : 1);
        foreach (double value in values ?? []) writer.F64(value);
    }
}
