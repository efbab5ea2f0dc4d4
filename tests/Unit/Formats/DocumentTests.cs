using Shouldly;
using TauPipeline.BuildGraph;
using TauPipeline.Formats;
using TauPipeline.Foundation;
using TauPipeline.Tests.Unit.Hdf5IO;
using Xunit;
using LedgerFile = TauPipeline.Formats.LedgerFile;

namespace TauPipeline.Tests.Unit.Formats;

public sealed class DocumentTests : IDisposable
{
    private readonly Hdf5Scratch _scratch = new();

    private string Path => _scratch.File_("a.json");

    public void Dispose() => _scratch.Dispose();

    [Theory]
    [InlineData("""{"step": "Split", "lines": [{"fate":"in","reason":"","class":"","rows":1.5,"weight":3}]}""", "$.lines[0].rows")]
    [InlineData("""{"step": "Split", "lines": [{"fate":"in","reason":"","class":"","row":1,"weight":3}]}""", "$.lines[0].row")]
    [InlineData("""{"step": "Split", "lines": {}}""", "$.lines")]
    [InlineData("""{"step": "Split", "lines": [{"fate":"lost","reason":"","class":"","rows":3,"weight":3}]}""", "$.lines[0].fate")]
    public void Errors_name_file_line_and_path(string text, string path)
    {
        File.WriteAllText(Path, text);

        StepFailed error = Should.Throw<StepFailed>(() => LedgerFile.Read(new ProductInput(Path)));

        error.Text.Title.ShouldBe($"{Path}:1: this is not a LedgerFile");
        error.Text.Facts[0].ShouldBe(("at", path));
    }

    [Fact]
    public void A_torn_document_names_its_line()
    {
        File.WriteAllText(Path, "{\n  \"a\": 1,\n");

        Should.Throw<StepFailed>(() => LineageFile.Read(new ProductInput(Path)))
            .Message.ShouldStartWith($"{Path}:3: this is not a LineageFile");
        Should.Throw<StepFailed>(() => LedgerFile.Read(new ProductInput(Path + "x"))).Message.ShouldBe($"there is no '{Path}x'");
    }

    [Fact]
    public void The_engines_ledger_is_read()
    {
        File.WriteAllText(Path, """{"step": "Split/dy", "lines":[{"fate":"in","reason":"","class":"","rows":3,"weight":3},"""
            + """{"fate":"dropped","reason":"no truth","class":"Jet","rows":1,"weight":0.5}]}""");

        LedgerFile ledger = LedgerFile.Read(new ProductInput(Path));

        ledger.Step.ShouldBe("Split/dy");
        ledger.Lines.ShouldBe([new LedgerLine(RowFate.In, "", "", 3, 3), new LedgerLine(RowFate.Dropped, "no truth", "Jet", 1, 0.5)]);
    }

    [Fact]
    public void A_ledger_comes_back_as_it_was_written()
    {
        var ledger = new LedgerFile(
            "Merge",
            [new LedgerLine(RowFate.Repeated, "drawn again", "Tau", 7, 0.1 + 0.2), new LedgerLine(RowFate.Out, "", "Tau", 7, 7)]);

        LedgerFile.Write(new ProductOutput(Path), ledger);

        LedgerFile back = LedgerFile.Read(new ProductInput(Path));
        back.Step.ShouldBe("Merge");
        back.Lines.ShouldBe(ledger.Lines);
        File.ReadAllText(Path).ShouldStartWith("{\n  \"step\": \"Merge\",\n  \"lines\": [\n    {\n      \"fate\": \"repeated\",\n");
    }

    [Fact]
    public void Text_keeps_its_bytes_and_must_be_utf8()
    {
        TextFile.Write(new ProductOutput(Path), new TextFile("τ\r\nµ\n"));

        File.ReadAllBytes(Path).ShouldBe("τ\r\nµ\n"u8.ToArray());
        TextFile.Read(new ProductInput(Path)).Text.ShouldBe("τ\r\nµ\n");
        File.WriteAllBytes(Path, [0x61, 0xff]);
        Should.Throw<StepFailed>(() => TextFile.Read(new ProductInput(Path))).Message.ShouldBe($"'{Path}' is not a text in UTF-8");
    }

    [Fact]
    public void A_folder_lists_its_files_in_order()
    {
        using FolderWriter folder = FolderWriter.Create(new ProductOutput(_scratch.File_("shards")));
        foreach (string name in new[] { "b.txt", "a/c.txt", "B.txt" }) File.WriteAllText(folder.File(name), name);

        using FolderReader reader = FolderReader.Open(new ProductInput(folder.Path));

        reader.Files.ShouldBe(["B.txt", "a/c.txt", "b.txt"]);
        Should.Throw<Defect>(() => folder.File("../out.txt"));
        Should.Throw<StepFailed>(() => FolderReader.Open(new ProductInput(_scratch.File_("none"))));
    }
}
