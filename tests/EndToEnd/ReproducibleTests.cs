using Shouldly;
using Xunit;

namespace TauPipeline.Tests.EndToEnd;

/// <summary>The same bytes wherever and however the campaign is built.</summary>
[Collection(SmokeBuild.Name)]
public sealed class ReproducibleTests(SmokeBuild smoke)
{
    [Theory]
    [InlineData("1")]
    [InlineData("2")]
    public void Another_folder_and_number_of_jobs_give_every_product_byte_by_byte(string jobs)
    {
        using SmokeFolder other = SmokeFolder.Empty();

        using ProgramRun run = other.Evaluate($"--jobs={jobs}");

        run.ExitCode.ShouldBe(0, run.Error);
        other.Products().ShouldBe(smoke.Products);
        other.Files().ShouldContain("train/model.zip");
    }
}
