using System.Text.RegularExpressions;
using Shouldly;
using Xunit;

namespace TauPipeline.Tests.Unit.Code;

/// <summary>Edits of the real rooms, compiled by the build's compiler: who sees them, and who must not.</summary>
public sealed class StageEditTests : IDisposable
{
    private readonly EditedCheckout _checkout = new();

    public void Dispose() => _checkout.Dispose();

    [Fact]
    public void Each_edit_changes_the_stages_that_reach_it()
    {
        Dictionary<string, string[]> changed = _checkout
            .With("pipeline/Statistics/AreaUnderCurve.cs", "* 0.5 *", "* 0.25 *")
            .With("pipeline/Formats/Sampling/SpectrumFile.cs", "new CountGrid(absEta, pt, cells)", "new CountGrid(absEta, pt, [.. cells])")
            .With("stages/Sampling/SpectrumStage.cs", "spectrum.Fill(batch);", "if (batch.Rows > 0) spectrum.Fill(batch);")
            .With("stages/Sampling/SpectrumStage.cs", "Candidates over tau type, decay mode, |eta| and pt, by file, dataset, group and part\"", "Counts\"")
            .With("stages/StageErrors.cs", "has no row of class", "has not one row of class")
            .Changed("pipeline/Statistics", "pipeline/Formats", "stages");

        // A private method of a stage is its own affair; a product is one type, how it is read and how it is written.
        changed.Keys.ShouldBe(["AlsoRoot", "Metrics", "Plot", "ShuffleMerge", "Spectrum"], ignoreOrder: true);
        changed["Metrics"].ShouldBe(["AreaUnderCurve.Of"]);
        changed["Plot"].ShouldBe(["SpectrumFile.Read"]);
        changed["ShuffleMerge"].ShouldBe(["SpectrumFile.Read"]);
        changed["Spectrum"].ShouldBe(["SpectrumFile.Read", "SpectrumStage.Fill"]);
    }

    [Fact]
    public void Comments_empty_lines_new_files_and_another_folder_change_nothing() => _checkout
        .WithAll("pipeline/Statistics", Commented).WithAll("pipeline/Physics", Commented).WithAll("stages", Commented)
        .WithNew(
            "pipeline/Statistics/AaaNew.cs",
            "namespace TauPipeline.Statistics; public static class AaaNew { public static int Sum(int[] of) => of.Where(one => one > 0).Select(one => one + 1).Sum(); }"
        )
        .Changed("pipeline/Statistics", "pipeline/Physics", "stages").ShouldBeEmpty();

    [Fact]
    public void Code_that_is_not_compiled_changes_whom_it_works_for()
    {
        Dictionary<string, string[]> changed = _checkout
            .With("pipeline/Plotting/page/report.css", "{", "{ ").With("pipeline/Plotting/node/svg.mjs", "\n", "\n\n")
            .WithNew("pipeline/Plotting/notes.txt", "not code").Changed();

        changed.Keys.ShouldBe(["Plot", "Report", "Validate"], ignoreOrder: true);
        changed["Plot"].ShouldBe(["pipeline/Plotting/node/svg.mjs"]);
        changed["Report"].ShouldBe(["pipeline/Plotting/page/report.css"]);
        changed["Validate"].ShouldBe(["pipeline/Plotting/page/report.css"]); // it writes a page of its own
    }

    // A comment and an empty line wherever a member begins, so that every line of code has another number.
    private static string Commented(string text) =>
        Regex.Replace(text, @"^(?=    (?:public|private|internal) )", "\n    // another comment\n", RegexOptions.Multiline);
}
