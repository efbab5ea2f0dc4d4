using System.Text.Json;
using Shouldly;
using TauPipeline.Tasks;
using Xunit;

namespace TauPipeline.Tests.Unit.Code;

/// <summary>What MSBuild is told of an error of the pipeline.</summary>
public sealed class PipelineErrorTests
{
    [Fact]
    public void A_fact_of_several_lines_stays_with_its_error()
    {
        PipelineError error = Read(
            """{"event":"error","code":1,"title":"Tool: the program ended with exit code 3","""
            + """ "facts":{"program":"tool.sh","last lines":"opening a.root\nno such tree"},"advice":"look\nthere"}""").Single();

        error.ShouldBe(
            new PipelineError(
                "TAU1",
                null,
                0,
                "Tool: the program ended with exit code 3\n  program  tool.sh\n  last lines  opening a.root\n    no such tree\n  look\n    there"
            ));
    }

    [Fact]
    public void A_title_of_several_lines_is_one_error_unless_it_counts_mistakes()
    {
        Read("""{"event":"error","code":3,"title":"one\ntwo","facts":{},"advice":null}""").ShouldBe([new PipelineError("TAU3", null, 0, "one\ntwo")]);
        Read("""{"event":"error","code":2,"title":"2 mistakes in the campaign\na.yaml:4: no key 'x'\n  nearest  y\n"""
            + """b.yaml:5: no key 'z'","facts":{},"advice":null}""")
            .ShouldBe([
                new PipelineError("TAU2", "a.yaml", 4, "no key 'x'\n  nearest  y"),
                new PipelineError("TAU2", "b.yaml", 5, "no key 'z'"),
            ]);
    }

    private static PipelineError[] Read(string json)
    {
        using JsonDocument line = JsonDocument.Parse(json);
        return [.. PipelineError.Read(line.RootElement)];
    }
}
