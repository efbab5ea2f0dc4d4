using System.Runtime.InteropServices;
using Shouldly;
using TauPipeline.Foundation;
using TauPipeline.RootIO;

namespace TauPipeline.Tests.Unit.RootIO;

/// <summary>
/// What no public file holds: fields added while writing, several representations, half precision, variants. A public file gets a
/// footer and page list with such fields, made here byte by byte from the specification of RNTuple 1.0; so the values are known,
/// but no other program has read them: this shows that the reader follows the text, not that others wrote so.
/// </summary>
public sealed class NTupleExtensionTests
{
    private const int Entries = 10;
    private const ushort Deferred = 1,
        HasArraySize = 1,
        Real16 = 0x0B,
        Real32 = 0x0C,
        Index32 = 0x0E,
        Switch = 0x10,
        UInt16 = 0x06,
        Int32 = 0x07,
        SplitReal16 = 0x17;

    [SharedRootFilesFact]
    public void Entries_before_a_field_was_added_are_zero_or_empty()
    {
        using RootFile file = Extended();
        RNTuple tuple = file.NTuple("ntuple");

        NTuples.Whole(tuple, "late").Values<float>().ToArray().ShouldBe([0, 0, 0, 0, 0, 0, 1.5f, 2.5f, 3.5f, 4.5f]);
        NTuples.Whole(tuple, "late_v").Lists().ShouldBe(["[]", "[]", "[]", "[]", "[]", "[]", "[7]", "[]", "[8,9]", "[10]"]);
        NTuples.Whole(tuple, "late_a")
            .Lists()
            .ShouldBe(["[0,0]", "[0,0]", "[0,0]", "[0,0]", "[0,0]", "[0,0]", "[1,2]", "[3,4]", "[5,6]", "[7,8]"]);
        NTuples.Range(tuple, "late_v", 5, 9).Lists().ShouldBe(["[]", "[7]", "[]", "[8,9]"]);
        NTuples.Whole(tuple, "one_integers").Values<int>().ToArray().ShouldBe([9, 8, 7, 6, 5, 4, 3, 2, 1, 0]);
    }

    [SharedRootFilesFact]
    public void Of_several_representations_the_one_with_pages_is_read()
    {
        using RootFile file = Extended();
        RNTuple tuple = file.NTuple("ntuple");

        tuple.Column("twice").Encodings.ShouldBe(["Real32", "Real16"]);
        NTuples.Whole(tuple, "twice").Values<float>().ToArray().ShouldBe([.. Enumerable.Range(0, Entries).Select(i => i / 4f)]);
        NTuples.Whole(tuple, "half").Values<double>().ToArray().ShouldBe([.. Enumerable.Range(0, Entries).Select(i => -i / 8.0)]);
    }

    [SharedRootFilesFact]
    public void A_variant_is_listed_and_refused_by_name()
    {
        using RootFile file = Extended();
        RNTuple tuple = file.NTuple("ntuple");

        tuple.Column("either").WhyNotRead.ShouldBe("it is a variant: entries differ in type");
        Should.Throw<StepFailed>(() => tuple.Read(["either"], RootReadOptions.All))
            .Text.Title.ShouldBe("column 'ntuple/either' cannot be read");
    }

    private static RootFile Extended()
    {
        var signed = new SignedNTuple(NTuples.File("test_int_float"));
        byte[][] fields =
        [
            Field(2, 0, "late", "float"), Field(3, 1, "late_v", "std::vector<std::int32_t>"), Field(3, 0, "_0", "std::int32_t"),
            Field(5, 3, "either", "std::variant<std::int32_t,float>"), Field(6, 0, "half", "double"),
            Field(7, 0, "late_a", "std::array<std::uint16_t,2>", arraySize: 2),
            Field(7, 0, "_0", "std::uint16_t"),
            Field(9, 0, "twice", "float"),
        ];
        byte[][] columns =
        [
            Column(Real32, 32, 2, first: 6),
            Column(Index32, 32, 3, first: 6),
            Column(Int32, 32, 4),
            Column(Switch, 96, 5, first: 10),
            Column(SplitReal16, 16, 6, first: 0),
            Column(UInt16, 16, 8, first: 12), Column(Real32, 32, 9, first: 0), Column(Real16, 16, 9, first: 0, representation: 1),
        ];
        byte[] halves = Bytes(Enumerable.Range(0, Entries).Select(i => (Half)(-i / 8.0)));
        byte[][] pages =
        [
            Pages(signed, 4, Bytes<float>([1.5f, 2.5f, 3.5f, 4.5f])),
            Pages(signed, 4, Bytes<uint>([1, 1, 3, 4])),
            Pages(signed, 4, Bytes([7, 8, 9, 10])),
            Pages(signed, 0, []),
            Pages(signed, Entries, [.. halves.Where((_, i) => i % 2 == 0), .. halves.Where((_, i) => i % 2 == 1)]),
            Pages(signed, 8, Bytes<ushort>([1, 2, 3, 4, 5, 6, 7, 8])),
            Frames.List([], Frames.I64(-1)), Pages(signed, Entries, Bytes(Enumerable.Range(0, Entries).Select(i => (Half)(i / 4f)))),
        ];
        byte[] footer =
        [
            .. Frames.I64(0),
            .. Frames.I64(0),
            .. Frames.Record(Frames.List(fields), Frames.List(columns), Frames.List([]), Frames.List([])),
            .. Frames.List([Frames.Record(Frames.I64(0), Frames.I64(Entries), Frames.U32(1), signed.FirstLink)]),
        ];
        byte[][] old = [.. signed.Clusters[0].Columns.Select(Pages)];
        byte[] pageList =
        [
            .. Frames.I64(0),
            .. Frames.List([Frames.Record(Frames.I64(0), Frames.I64(Entries))]),
            .. Frames.List([Frames.List([.. old, .. pages])]),
        ];
        signed.Replace(footer, pageList);
        return RootFile.Open("extended.root", signed.Bytes());
    }

    private static byte[] Field(int parent, int role, string name, string type, long arraySize = 0) => Frames.Record(
        Frames.U32(0), Frames.U32(0), Frames.U32((uint)parent), Frames.U16(role), Frames.U16(arraySize > 0 ? HasArraySize : 0),
        Frames.Text(name), Frames.Text(type), Frames.Text(""), Frames.Text(""), arraySize > 0 ? Frames.I64(arraySize) : []);

    private static byte[] Column(int encoding, int bits, uint field, long? first = null, int representation = 0) => Frames.Record(
        Frames.U16(encoding),
        Frames.U16(bits),
        Frames.U32(field),
        Frames.U16(first is null ? 0 : Deferred),
        Frames.U16(representation),
        first is { } at ? Frames.I64(at) : []);

    private static byte[] Pages(SignedNTuple signed, int elements, byte[] page) =>
        Pages(new NTupleColumnPages(elements == 0 ? [] : [new NTuplePage(elements, false, signed.AddPage(page))], elements, false));

    private static byte[] Pages(NTupleColumnPages pages) => Frames.List(
        [
            .. pages.Pages.Select(page =>
                (byte[])
                    [
                        .. Frames.U32((uint)(page.HasChecksum ? -page.Elements : page.Elements)),
                        .. Frames.U32((uint)page.Locator.Bytes),
                        .. Frames.I64(page.Locator.Offset),
                    ]),
        ],
        Frames.I64(0), Frames.U32(0));

    private static byte[] Bytes<T>(IEnumerable<T> values) where T : unmanaged => MemoryMarshal.AsBytes<T>(values.ToArray()).ToArray();
}
