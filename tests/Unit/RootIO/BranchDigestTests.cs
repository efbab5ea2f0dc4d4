using System.Text.Json;
using Shouldly;
using TauPipeline.Columns;
using TauPipeline.RootIO;
using Xunit;

namespace TauPipeline.Tests.Unit.RootIO;

public sealed class BranchDigestTests : IDisposable
{
    private readonly WrittenFiles _files = new();

    public void Dispose() => _files.Dispose();

    // The shortest text that .NET has for these two reads back as their neighbours.
    [Theory]
    [InlineData(-25)]
    [InlineData(-958)]
    public void Sum_and_ends_are_written_so_that_they_read_back(int exponent)
    {
        double value = -Math.ScaleB(1, exponent);
        string path = _files.Path("one.root");
        var batch = new Batch([new Column<double>("x", new[] { value })]);
        using (RootFileWriter writer = RootFileWriter.Create(path, RootCompression.None)) writer.Tree("t", batch.Schema).Append(batch);
        using RootFile file = RootFile.Open(path);
        RootTree tree = file.Tree("t");

        JsonElement digest = JsonDocument.Parse(BranchDigest.Of(tree, tree.Branch("x")).ToJson()).RootElement;

        digest.GetProperty("sum").GetDouble().ShouldBe(value);
        digest.GetProperty("first")[0].GetDouble().ShouldBe(value);
    }
}
