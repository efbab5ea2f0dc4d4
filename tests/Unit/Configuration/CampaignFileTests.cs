using Shouldly;
using TauPipeline.Configuration;
using TauPipeline.Foundation;
using Xunit;

namespace TauPipeline.Tests.Unit.Configuration;

public sealed class CampaignFileTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("campaign").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void An_explicit_default_and_an_omitted_one_are_the_same_setting()
    {
        CampaignFile spelled = Load("plot: { width: 400, height: 3e2 }\n");
        CampaignFile omitted = Load("plot: { height: 300 } # a comment\n");

        ContentHash one = Used(spelled), other = Used(omitted);

        one.ShouldBe(other);

        static ContentHash Used(CampaignFile file)
        {
            ConfigBlock plot = file.Root.Block("plot");
            plot.Number("width", 400);
            plot.Number("height");
            return plot.Used().Hash();
        }
    }

    [Fact]
    public void Units_are_converted_at_the_door()
    {
        ConfigBlock block = Load("a: { pt: [20, 30 GeV, 40000 MeV], memory: 512 MiB, share: 5 % }\n").Root.Block("a");

        block.Edges("pt", unit: "GeV").ShouldBe([20, 30, 40]);
        block.Whole("memory", unit: "B").ShouldBe(512L << 20);
        block.Number("share").ShouldBe(0.05);
    }

    [Fact]
    public void All_mistakes_come_at_once_with_file_line_and_nearest_name()
    {
        CampaignFile file = Load("spectrum:\n  ptt: [20, 30]\n  abs_eta: [0, 9]\nplot:\n  format: pfd\n");
        ConfigBlock spectrum = file.Root.Block("spectrum");
        spectrum.Edges("pt", [20, 1000]);
        spectrum.Edges("abs_eta", max: 5);
        file.Root.Block("plot").Choice("format", ["svg", "pdf"]);

        string message = Should.Throw<Misuse>(file.Finish).Message;

        message.ShouldContain("3 mistakes");
        message.ShouldContain("c.yaml:2: 'spectrum' has no key 'ptt'");
        message.ShouldContain("nearest  pt");
        message.ShouldContain("c.yaml:3: 'spectrum.abs_eta' is not between");
        message.ShouldContain("c.yaml:5: 'plot.format' cannot be 'pfd'");
        message.ShouldContain("nearest  pdf");
    }

    [Fact]
    public void Set_on_lists_and_maps()
    {
        CampaignFile file = Load(
            "train: { epochs: 3, hidden: [8, 8], none: 1 }\nkeep: [a]\n",
            "train.hidden.1=16",
            "+keep=b",
            "~train.none",
            "plot.width=-5");

        file.Root.Block("train").Wholes("hidden").ShouldBe([8, 16]);
        file.Root.Texts("keep").ShouldBe(["a", "b"]);
        file.Root.Block("train").Has("none").ShouldBeFalse();
        file.Root.Block("plot").Number("width").ShouldBe(-5);
    }

    [Fact]
    public void The_resolved_text_reads_back_to_the_same_settings()
    {
        CampaignFile file = Load("campaign: x\nseed: 7\na: { b: ['1 GeV', null, \"a: b\"], c: { d: '~' } }\n", "a.e=[1, 2]");

        CampaignFile copy = CampaignFile.Parse(file.ResolvedText());

        copy.ResolvedText().ShouldBe(file.ResolvedText());
        copy.Seed.ShouldBe(7UL);
        copy.Root.Block("a").Block("c").Text("d").ShouldBe("~");
    }

    [Fact]
    public void Includes_are_merged_and_the_campaign_wins()
    {
        File.WriteAllText(Path.Combine(_folder, "base.yaml"), "plot: { width: 1, height: 2 }\n");

        ConfigBlock plot = Load("include: base.yaml\nplot: { width: 5 }\n").Root.Block("plot");

        plot.Number("width").ShouldBe(5);
        plot.Number("height").ShouldBe(2);
    }

    [Fact]
    public void A_manifest_becomes_located_inputs_and_input_takes_its_place()
    {
        string data = Path.Combine(_folder, "data");
        Directory.CreateDirectory(data);
        File.WriteAllText(Path.Combine(data, "b.root"), "b");
        File.WriteAllText(Path.Combine(data, "a.root"), "a");
        File.WriteAllText(Path.Combine(_folder, "m.yaml"), "dataset: dy\nfiles:\n- path: ${NO_SUCH_PLACE:-data}/*.root\n");

        CampaignFile file = Load("datasets: { dy: { manifest: m.yaml, use: both } }\n");
        CampaignFile given = CampaignFile.Load(Path.Combine(_folder, "c.yaml"), [], [Path.Combine(data, "b.root")]);

        file.Root.Blocks("datasets")[0].Block.List("inputs").Select(input => input.Text("entry")).ShouldBe(["a.root", "b.root"]);
        given.Root.Blocks("datasets")[0].Block.List("inputs").Select(input => input.Text("entry")).ShouldBe(["b.root"]);
    }

    // No shell expands the pattern in  --input=dy=data/*.root : the word begins otherwise.
    [Fact]
    public void Input_may_be_a_pattern_and_a_file_of_that_very_name_is_that_file()
    {
        foreach (string name in (string[])["a.root", "b.root", "c.h5"]) File.WriteAllText(Path.Combine(_folder, name), name);
        Load("datasets: { dy: { files: none.root, use: both } }\n");

        Given("*.root").ShouldBe(["a.root", "b.root"]);
        Should.Throw<Misuse>(() => Given("*.txt")).Message.ShouldContain("no file matches");
        File.WriteAllText(Path.Combine(_folder, "*.root"), "odd");
        Given("*.root").ShouldBe(["*.root"]);

        IEnumerable<string> Given(string pattern) =>
            CampaignFile.Load(Path.Combine(_folder, "c.yaml"), [], [$"dy={Path.Combine(_folder, pattern)}"])
                .Root.Blocks("datasets")[0].Block.List("inputs").Select(input => input.Text("entry"));
    }

    [Fact]
    public void A_refreshed_manifest_states_size_hash_and_entries()
    {
        File.WriteAllText(Path.Combine(_folder, "a.root"), "abc");
        string path = Path.Combine(_folder, "m.yaml");
        File.WriteAllText(path, "dataset: dy\norigin: somewhere\nfiles:\n- path: a.root\n");

        File.WriteAllText(path, DatasetManifest.Load(path).Refreshed(_ => 42, CancellationToken.None));

        ManifestFile file = DatasetManifest.Load(path).Files.ShouldHaveSingleItem();
        file.Size.ShouldBe(3);
        file.Entries.ShouldBe(42);
        // sha256("abc"), FIPS 180-2 appendix B.1
        file.Hash.ToString().ShouldBe("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    }

    [Fact]
    public void A_file_that_is_not_YAML_names_the_line()
    {
        string message = Should.Throw<Misuse>(() => Load("a: 1\nb: [1, 2\nc: 3\n")).Message;

        message.ShouldContain("c.yaml:");
        message.ShouldContain("is not YAML");
    }

    private CampaignFile Load(string text, params string[] sets)
    {
        File.WriteAllText(Path.Combine(_folder, "c.yaml"), text);
        return CampaignFile.Load(Path.Combine(_folder, "c.yaml"), sets, []);
    }
}
