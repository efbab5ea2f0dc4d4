using System.Globalization;
using System.Text;
using System.Text.Json;
using Shouldly;
using TauPipeline.Codecs;
using TauPipeline.Columns;
using TauPipeline.Foundation;
using TauPipeline.RootIO;
using Xunit;

namespace TauPipeline.Tests.Unit.RootIO;

/// <summary>Texts and vectors of vectors that we write, as we and JSROOT read them, and as real files describe them.</summary>
public sealed class WrittenDeepTests : IDisposable
{
    private const int Rows = 400;

    private readonly WrittenFiles _files = new();

    public void Dispose() => _files.Dispose();

    [Theory]
    [InlineData(CodecKind.None)]
    [InlineData(CodecKind.Zlib)]
    [InlineData(CodecKind.Lz4)]
    [InlineData(CodecKind.Zstd)]
    [InlineData(CodecKind.Lzma)]
    public void What_is_written_is_read_back(CodecKind kind)
    {
        using RootFile file = RootFile.Open(_files.WriteDeep(kind, Rows));
        RootTree tree = file.Tree("deep");
        IReadOnlyList<RootColumn> expected = DeepColumns.Of(0, Rows);

        RootBatch found = tree.ReadColumns([.. expected.Select(column => column.Name)], new RootReadOptions { BatchEntries = Rows })
            .Single();

        tree.Branch("name").Baskets.ShouldBeGreaterThan(5);
        tree.Branch("f64").FirstCodec().ShouldBe(kind);
        foreach (RootColumn column in expected)
        {
            RootColumn same = found[column.Name];
            same.Shape.TypeName.ShouldBe(column.Shape.TypeName, column.Name);
            for (int level = 0; level < column.Shape.Levels; level++)
                same.Offsets(level).SequenceEqual(column.Offsets(level)).ShouldBeTrue($"{column.Name} {level}");
            same.Bytes.SequenceEqual(column.Bytes).ShouldBeTrue(column.Name);
        }
        tree.Read(["id", "Tau_pt"], batchRows: Rows)
            .Single()
            .Jagged<float>("Tau_pt")
            .Bytes.Length.ShouldBe(sizeof(float) * Enumerable.Range(0, Rows).Sum(row => row % 3));
    }

    [JsRootTheory]
    [InlineData(CodecKind.None)]
    [InlineData(CodecKind.Zlib)]
    [InlineData(CodecKind.Lz4)]
    [InlineData(CodecKind.Zstd)]
    [InlineData(CodecKind.Lzma)]
    public void Another_implementation_reads_equal_values(CodecKind kind)
    {
        JsonElement tree = JsRoot.Read(_files.WriteDeep(kind, Rows)).GetProperty("deep");

        foreach (RootColumn column in DeepColumns.Of(0, Rows).Where(column => !column.Shape.IsText))
            tree.GetProperty(column.Name)
                .EnumerateArray()
                .Select(JsRoot.Text)
                .ShouldBe(column.Lists([.. column.Doubles().Select(value => value.ToString(CultureInfo.InvariantCulture))]), column.Name);
        // JSROOT takes each byte of a text for a letter.
        tree.GetProperty("name")
            .EnumerateArray()
            .Select(value => value.GetString()!)
            .ShouldBe(Enumerable.Range(0, Rows).Select(row => Encoding.Latin1.GetString(Encoding.UTF8.GetBytes(DeepColumns.Text(row)))));
        tree.GetProperty("id").EnumerateArray().Select(value => value.GetInt32()).ShouldBe(Enumerable.Range(0, Rows));
    }

    [JsRootFact]
    public void Branches_and_leaves_are_those_of_real_files()
    {
        JsonElement[] branches =
        [
            .. JsRoot.ReadTreeRecords(_files.WriteDeep(CodecKind.Zlib, Rows)).GetProperty("deep").GetProperty("branches").EnumerateArray(),
        ];
        JsonElement Branch(string name) => branches.Single(branch => Word(branch, "fName") == name);
        JsonElement Leaf(string name) => Branch(name).GetProperty("leaves").EnumerateArray().Single();

        // As in chain.flat.1.root, whose longest text has 5 bytes and fLen and fMaximum of 6.
        (
            Word(Branch("name"), "_typename"),
            Word(Branch("name"), "fTitle"),
            Word(Leaf("name"), "_typename"),
            Word(Leaf("name"), "fTitle")).ShouldBe(("TBranch", "name/C", "TLeafC", "name"));
        (
            Number(Leaf("name"), "fLen"),
            Number(Leaf("name"), "fLenType"),
            Number(Leaf("name"), "fMinimum"),
            Number(Leaf("name"), "fMaximum")).ShouldBe((701, 1, 0, 701));
        // As in uproot-vectorVectorDouble.root; checksums of guide section 7.3.
        Dictionary<string, (string Class, double Checksum)> classes = new()
        {
            ["f32"] = ("vector<vector<float> >", 2170935584),
            ["f64"] = ("vector<vector<double> >", 2217838159),
            ["u8"] = ("vector<vector<unsigned char> >", 1634559415),
            ["i16"] = ("vector<vector<short> >", 2170962476),
            ["u16"] = ("vector<vector<unsigned short> >", 608751043),
            ["i32"] = ("vector<vector<int> >", 3104527037),
            ["u32"] = ("vector<vector<unsigned int> >", 1976510812),
            ["flag"] = ("vector<vector<bool> >", 723642738),
        };
        foreach ((string name, (string Class, double Checksum) one) in classes)
        {
            JsonElement branch = Branch(name), leaf = Leaf(name);
            (
                Word(branch, "_typename"),
                Word(branch, "fTitle"),
                Word(branch, "fClassName"),
                Number(branch, "fCheckSum"),
                Number(branch, "fClassVersion")).ShouldBe(("TBranchElement", name, one.Class, one.Checksum, 6));
            (Number(branch, "fID"), Number(branch, "fType"), Number(branch, "fStreamerType"), Number(branch, "fSplitLevel")).ShouldBe(
                (-1, 0, -1, 99));
            (Word(leaf, "_typename"), Word(leaf, "fTitle"), Number(leaf, "fLen"), Number(leaf, "fID"), Number(leaf, "fType")).ShouldBe(
                ("TLeafElement", name, 1, -1, -1));
        }
    }

    [SharedRootFilesFact]
    public void The_classes_are_described_as_real_files_describe_them()
    {
        List<StreamerInfo> ours = DescribedClasses.Of(_files.WriteDeep(CodecKind.Zstd, Rows));
        var real = new Dictionary<(string, int), StreamerInfo>();
        foreach (
            string path in Directory
                .GetFiles(SharedRootFiles.Folder, "*.root", SearchOption.AllDirectories)
                .Where(path =>
                    Path.GetFileName(path)
                        is "chain.flat.1.root"
                            or "uproot-vectorVectorDouble.root"
                            or "uproot-issue-123a.root"
                            or "uproot-issue-951.root"
                            or "std-containers-split00.root"))
            foreach (StreamerInfo info in DescribedClasses.Of(path)) real.TryAdd((info.ClassName, info.ClassVersion), info);

        StreamerInfo[] compared =
        [
            .. ours.Where(info =>
                (info.ClassName == "TLeafC" || info.ClassName.StartsWith("vector<vector<", StringComparison.Ordinal))
                && real.ContainsKey((info.ClassName, info.ClassVersion))),
        ];

        compared.Length.ShouldBe(1 + 6, "TLeafC, and vectors of vectors of float, double, short, unsigned short, int, unsigned int");
        foreach (StreamerInfo info in compared)
        {
            StreamerInfo other = real[(info.ClassName, info.ClassVersion)];
            info.Checksum.ShouldBe(other.Checksum, info.ClassName);
            DescribedClasses.Members(info).ShouldBe(DescribedClasses.Members(other), info.ClassName);
            info.Elements.SelectMany(member => member.Extra).ShouldBe(other.Elements.SelectMany(member => member.Extra), info.ClassName);
        }
        ours.Select(info => info.ClassName).ShouldBeUnique();
    }

    [Fact]
    public void A_tree_of_texts_alone_needs_no_column_of_a_batch_and_one_without_rows_keeps_its_types()
    {
        using (RootFileWriter file = RootFileWriter.Create(_files.Path("alone.root"), RootCompression.Lz4))
        {
            file.Tree("full", new Schema([]), [RootColumnShape.OfTexts("name")])
                .Append(new Batch([], 2), [RootColumn.OfTexts("name", ["a", "bc"])]);
            file.Tree("empty", new Schema([]), DeepColumns.Shapes);
        }

        using RootFile read = RootFile.Open(_files.Path("alone.root"));

        RootColumn names = read.Tree("full").ReadColumns(["name"]).Single()["name"];
        (names.Text(0), names.Text(1), read.Tree("full").Entries).ShouldBe(("a", "bc", 2));
        foreach (RootColumnShape shape in DeepColumns.Shapes)
            read.Tree("empty").Branch(shape.Name).Shape!.TypeName.ShouldBe(shape.TypeName);
    }

    [Fact]
    public void What_was_read_can_be_written_again_to_the_same_bytes()
    {
        WriteAtOnce("first.root", DeepColumns.Of(0, Rows));

        using (RootFile file = RootFile.Open(_files.Path("first.root")))
            WriteAtOnce(
                "copy.root",
                file.Tree("deep")
                    .ReadColumns([.. DeepColumns.Shapes.Select(shape => shape.Name)], new RootReadOptions { BatchEntries = Rows })
                    .Single()
                    .Columns);

        File.ReadAllBytes(_files.Path("copy.root")).ShouldBe(File.ReadAllBytes(_files.Path("first.root")));
    }

    [Fact]
    public void What_does_not_fit_is_refused_before_anything_is_written()
    {
        using RootFileWriter file = RootFileWriter.Create(_files.Path("x.root"), RootCompression.None);
        RootTreeWriter tree = file.Tree(
            "t",
            new Schema([]),
            [RootColumnShape.OfTexts("name"), RootColumnShape.OfNestedVectors("lists", ColumnType.Int32)]);
        RootColumn two = RootColumn.OfTexts("name", ["a", "b"]);
        RootColumn Lists(int[] outer, int[] inner, int values) =>
            new RootColumn<int>(
                RootColumnShape.OfNestedVectors("lists", ColumnType.Int32),
                outer.Length - 1,
                [outer, inner],
                new int[values]);
        string Refused(params RootColumn[] columns) =>
            Should.Throw<StepFailed>(() => tree.Append(new Batch([], 2), columns)).Text.ToString();

        Refused(two).ShouldContain("none");
        Refused(two, Lists([0, 1], [0, 1], 1)).ShouldContain("1 entries, where the batch has 2");
        Refused(two, RootColumn.OfTexts("lists", ["a", "b"])).ShouldContain("text");
        Refused(RootColumn.OfTexts("name", ["a", "b\0c"]), Lists([0, 1, 1], [0, 1], 1)).ShouldContain("zero byte");
        Refused(two, Lists([0, 2, 1], [0, 1], 1)).ShouldContain("offsets of level 0 that do not cut 2 lists");
        Refused(two, Lists([0, 1, 2], [0, 1], 1)).ShouldContain("offsets of level 1 that do not cut 2 lists");
        Refused(two, Lists([0, 1, 2], [0, 1, 1], 5)).ShouldContain("5 values, where offsets end at 1");
        tree.Entries.ShouldBe(0);
    }

    [Fact]
    public void Other_shapes_and_a_name_that_is_taken_are_misuse()
    {
        using RootFileWriter file = RootFileWriter.Create(_files.Path("x.root"), RootCompression.None);
        var taus = new Schema([new ColumnSpec("Tau_pt", ColumnType.Float32, "Tau")]);

        foreach (
            RootColumnShape shape in new RootColumnShape[]
            {
                new("x", ColumnType.Float32, 3, false, []),
                new("x", ColumnType.UInt8, 2, true, []),
                new("x", ColumnType.Float32, 2, false, [3]),
                new("x", ColumnType.Float32, 0, false, []),
            })
            Should.Throw<Misuse>(() => file.Tree("t", taus, [shape])).Text.Title.ShouldBe("column 'x' cannot be written to a ROOT file");
        Should.Throw<Misuse>(() => file.Tree("t", taus, [RootColumnShape.OfTexts("nTau")]))
            .Text.Title.ShouldBe("tree 't' has two branches 'nTau'");
    }

    private void WriteAtOnce(string name, IReadOnlyList<RootColumn> columns)
    {
        using RootFileWriter file = RootFileWriter.Create(_files.Path(name), RootCompression.Lz4, "deep.root");
        file.Tree("deep", DeepColumns.Beside(0, 0).Schema, [.. columns.Select(column => column.Shape)])
            .Append(DeepColumns.Beside(0, Rows), columns);
    }

    private static double Number(JsonElement of, string name) => of.GetProperty(name).GetDouble();

    private static string Word(JsonElement of, string name) => of.GetProperty(name).GetString() ?? "";
}
