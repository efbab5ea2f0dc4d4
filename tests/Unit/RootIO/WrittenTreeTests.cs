using System.Text.Json;
using Shouldly;
using TauPipeline.Codecs;
using TauPipeline.RootIO;
using Xunit;

namespace TauPipeline.Tests.Unit.RootIO;

/// <summary>
/// What readers need of a tree's record and of class descriptions (guide sections 7.2 to 7.4): as JSROOT finds them, and as real files
/// have them.
/// </summary>
public sealed class WrittenTreeTests : IDisposable
{
    private const int Rows = 400;
    private readonly WrittenFiles _files = new();

    public void Dispose() => _files.Dispose();

    [JsRootFact]
    public void A_tree_has_the_members_that_a_new_tree_of_ROOT_has()
    {
        JsonElement tree = Taus();

        (string Name, double Value)[] expected =
        [
            ("fEntries", Rows),
            ("fWeight", 1),
            ("fScanField", 25),
            ("fDefaultEntryOffsetLen", 1000),
            ("fNClusterRange", 0),
            ("fMaxEntries", 1e12),
            ("fMaxEntryLoop", 1e12),
            ("fAutoSave", -300_000_000), ("fAutoFlush", -30_000_000), ("fEstimate", 1_000_000),
        ];
        foreach ((string name, double value) in expected) Number(tree, name).ShouldBe(value, name);
        Number(tree, "fTotBytes").ShouldBe(Branches(tree).Sum(branch => Number(branch, "fTotBytes")));
        Number(tree, "fZipBytes").ShouldBe(Branches(tree).Sum(branch => Number(branch, "fZipBytes")));
        tree.GetProperty("leaves")
            .EnumerateArray()
            .Select(leaf => leaf.GetString())
            .ShouldBe(Branches(tree).Select(branch => Text(branch, "fName")));
    }

    [JsRootFact]
    public void Branches_list_their_baskets_and_end_them_with_the_number_of_entries()
    {
        foreach (JsonElement branch in Branches(Taus()))
        {
            string name = Text(branch, "fName");
            int baskets = (int)Number(branch, "fWriteBasket"), room = (int)Number(branch, "fMaxBaskets");
            (
                Number(branch, "fCompress"),
                Number(branch, "fEntries"),
                Number(branch, "fEntryNumber"),
                Number(branch, "fFirstEntry")).ShouldBe((0, Rows, Rows, 0), name);
            room.ShouldBe(Math.Max(10, baskets + 1), name);
            double[] bytes = Numbers(branch, "fBasketBytes"),
                entries = Numbers(branch, "fBasketEntry"),
                seeks = Numbers(branch, "fBasketSeek");
            (bytes.Length, entries.Length, seeks.Length).ShouldBe((room, room, room), name);
            (entries[0], entries[baskets]).ShouldBe((0, Rows), name);
            bytes.Take(baskets).Sum().ShouldBe(Number(branch, "fZipBytes"), name);
            bytes.Skip(baskets).Concat(seeks.Skip(baskets)).Concat(entries.Skip(baskets + 1)).ShouldAllBe(number => number == 0);
            Number(branch, "fEntryOffsetLen")
                .ShouldBe(
                    name.StartsWith("pfCand", StringComparison.Ordinal) || name.StartsWith("Tau_", StringComparison.Ordinal) ? 1000 : 0,
                    name);
        }
    }

    [JsRootFact]
    public void Titles_of_branches_and_leaves_tell_dimensions_and_types()
    {
        Dictionary<string, JsonElement> branches = Branches(Taus()).ToDictionary(branch => Text(branch, "fName"));

        (string Branch, string Title, string Leaf, string LeafTitle, int Length, int Bytes, bool IsUnsigned)[] expected =
        [
            ("tau_pt", "tau_pt/F", "TLeafF", "tau_pt", 1, 4, false),
            ("tau_mass", "tau_mass/D", "TLeafD", "tau_mass", 1, 8, false),
            ("event", "event/l", "TLeafL", "event", 1, 8, true),
            ("run", "run/i", "TLeafI", "run", 1, 4, true),
            ("tau_id", "tau_id/I", "TLeafI", "tau_id", 1, 4, false),
            ("tau_decayMode", "tau_decayMode/S", "TLeafS", "tau_decayMode", 1, 2, false),
            ("tau_index", "tau_index/s", "TLeafS", "tau_index", 1, 2, true),
            ("tau_charge", "tau_charge/B", "TLeafB", "tau_charge", 1, 1, false),
            ("tau_quality", "tau_quality/b", "TLeafB", "tau_quality", 1, 1, true),
            ("tau_isGenuine", "tau_isGenuine/O", "TLeafO", "tau_isGenuine", 1, 1, true),
            ("bits", "bits[3]/S", "TLeafS", "bits[3]", 3, 2, false),
            ("Tau_pt", "Tau_pt[nTau]/F", "TLeafF", "Tau_pt[nTau]", 1, 4, false),
            ("pfCand_pt", "pfCand_pt", "TLeafElement", "pfCand_pt", 1, 0, false),
        ];
        foreach (var one in expected)
        {
            JsonElement branch = branches[one.Branch], leaf = Leaf(branch);
            (
                one.Branch,
                Text(branch, "fTitle"),
                Text(leaf, "_typename"),
                Text(leaf, "fTitle"),
                (int)Number(leaf, "fLen"),
                (int)Number(leaf, "fLenType"),
                leaf.GetProperty("fIsUnsigned").GetBoolean()).ShouldBe(one);
        }
    }

    [JsRootFact]
    public void The_branch_that_counts_comes_first_and_tells_the_largest_count()
    {
        List<JsonElement> branches = Branches(Taus());
        JsonElement count = branches.Single(branch => Text(branch, "fName") == "nTau");

        (Leaf(count).GetProperty("fIsRange").GetBoolean(), Number(Leaf(count), "fMaximum")).ShouldBe((true, 3));
        JsonElement[] counted = [.. branches.Where(branch => Text(branch, "fName").StartsWith("Tau_", StringComparison.Ordinal))];
        counted.Length.ShouldBe(3);
        counted.ShouldAllBe(branch => Text(Leaf(branch), "count") == "nTau" && branches.IndexOf(branch) > branches.IndexOf(count));
    }

    [JsRootFact]
    public void Vectors_are_unsplit_objects_of_version_6_with_the_checksum_of_their_class()
    {
        // guide section 7.3
        Dictionary<string, uint> checksums = new()
        {
            ["vector<float>"] = 89790107,
            ["vector<double>"] = 269370212,
            ["vector<char>"] = 29929535,
            ["vector<unsigned char>"] = 728903898,
            ["vector<short>"] = 89793095,
            ["vector<unsigned short>"] = 2186716184,
            ["vector<int>"] = 9976712,
            ["vector<unsigned int>"] = 3106279697,
            ["vector<Long64_t>"] = 2424165566,
            ["vector<ULong64_t>"] = 2977495147,
            ["vector<bool>"] = 29929751,
        };
        JsonElement[] vectors = [.. Branches(Taus()).Where(branch => Text(branch, "_typename") == "TBranchElement")];

        vectors.Select(branch => Text(branch, "fClassName")).ShouldBe(checksums.Keys, ignoreOrder: true);
        foreach (JsonElement branch in vectors)
            (
                (uint)Number(branch, "fCheckSum"),
                Number(branch, "fClassVersion"),
                Number(branch, "fID"),
                Number(branch, "fType"),
                Number(branch, "fStreamerType"),
                Number(branch, "fSplitLevel")).ShouldBe((checksums[Text(branch, "fClassName")], 6, -1, 0, -1, 99), Text(branch, "fName"));
    }

    [Fact]
    public void Every_class_that_occurs_is_described_in_the_version_that_is_written()
    {
        // guide section 7.4
        (string, int)[] needed =
        [
            ("TObject", 1),
            ("TNamed", 1),
            ("TString", 2),
            ("TCollection", 3),
            ("TSeqCollection", 0),
            ("TList", 5),
            ("TObjArray", 3),
            ("TAttLine", 2),
            ("TAttFill", 2),
            ("TAttMarker", 2),
            ("ROOT::TIOFeatures", 1),
            ("TTree", 20),
            ("TBranch", 13),
            ("TBranchElement", 10),
            ("TLeaf", 2),
            ("TLeafO", 1),
            ("TLeafB", 1),
            ("TLeafS", 1),
            ("TLeafI", 1),
            ("TLeafL", 1),
            ("TLeafF", 1),
            ("TLeafD", 1),
            ("TLeafElement", 1),
            ("vector<float>", 6), ("vector<double>", 6), ("vector<bool>", 6), ("vector<Long64_t>", 6),
        ];

        List<StreamerInfo> described = DescribedClasses.Of(_files.Write(CodecKind.Zstd, Rows));

        needed.Except(described.Select(info => (info.ClassName, info.ClassVersion))).ShouldBeEmpty();
        described.Select(info => info.ClassName).ShouldBeUnique();
    }

    [SharedRootFilesFact]
    public void Classes_have_the_checksums_and_members_that_real_files_give_them()
    {
        List<StreamerInfo> ours = DescribedClasses.Of(_files.Write(CodecKind.Zstd, Rows));
        var real = new Dictionary<(string, int), StreamerInfo>();
        foreach (
            string path in Directory
                .GetFiles(SharedRootFiles.Folder, "uproot-*.root", SearchOption.AllDirectories)
                .Order(StringComparer.Ordinal))
            foreach (StreamerInfo info in DescribedClasses.Of(path)) real.TryAdd((info.ClassName, info.ClassVersion), info);

        int compared = 0;
        foreach (StreamerInfo info in ours)
        {
            if (!real.TryGetValue((info.ClassName, info.ClassVersion), out StreamerInfo? other)) continue;
            info.Checksum.ShouldBe(other.Checksum, info.ClassName);
            DescribedClasses.Members(info).ShouldBe(DescribedClasses.Members(other), info.ClassName);
            compared++;
        }
        compared.ShouldBeGreaterThan(25);
    }

    private JsonElement Taus() => JsRoot.ReadTreeRecords(_files.Write(CodecKind.Zlib, Rows)).GetProperty("taus");

    private static List<JsonElement> Branches(JsonElement tree) => [.. tree.GetProperty("branches").EnumerateArray()];

    private static JsonElement Leaf(JsonElement branch) => branch.GetProperty("leaves").EnumerateArray().Single();

    private static double Number(JsonElement of, string name) => of.GetProperty(name).GetDouble();

    private static double[] Numbers(JsonElement of, string name) =>
        [.. of.GetProperty(name).EnumerateArray().Select(value => value.GetDouble())];

    private static string Text(JsonElement of, string name) => of.GetProperty(name).GetString() ?? "";
}
