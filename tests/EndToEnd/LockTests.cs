using Shouldly;
using TauPipeline.BuildGraph;
using TauPipeline.Tests.Support;
using Xunit;

namespace TauPipeline.Tests.EndToEnd;

/// <summary><c>--target=Lock</c>, and what Status makes of a lock.</summary>
public sealed class LockTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public LockTests() => File.Copy(Checkout.At("tests", "ToyHost", "toy.yaml"), Campaign);

    private string Campaign => _folder.At("toy.yaml");

    private string Lock => _folder.At("toy.lock");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_finished_campaign_is_locked_product_by_product_and_Status_compares()
    {
        using ProgramRun build = Run("--target=Evaluate");
        File.Exists(Lock).ShouldBeFalse();

        using ProgramRun locked = Run("--target=Lock");
        using ProgramRun status = Run("--target=Status");

        locked.ExitCode.ShouldBe(0, locked.Error);
        locked.Output.ShouldContain("5 lines for 4 stages");
        // printf 'words words counted words words counted drawn told' | sha256sum
        File.ReadAllText(Lock)
            .ShouldContain("\n    - Report.txt 50 sha256:5fb5ee94c942263a5d4c77fa2f24e3c83a94ce7a6e723e8f6bd8efe94b98faa2\n");
        status.Output.ShouldContain($"all products are as {Lock} has them");
    }

    [Fact]
    public void Status_names_what_differs_from_the_lock_and_a_new_lock_takes_it_in()
    {
        using ProgramRun build = Run("--target=Evaluate");
        using ProgramRun locked = Run("--target=Lock");
        File.WriteAllText(Campaign, File.ReadAllText(Campaign).Replace("text: drawn", "text: painted", StringComparison.Ordinal));
        using ProgramRun rebuilt = Run("--target=Evaluate");
        string before = File.ReadAllText(Lock);

        using ProgramRun status = Run("--target=Status");
        using ProgramRun json = Run("--target=Status", "--json");
        using ProgramRun again = Run("--target=Lock");

        before.ShouldNotBe(File.ReadAllText(Lock));
        status.Output.ShouldContain("2 products differ, 0 not there\n  Plot.txt of Plot differs: locked ");
        json.Events("lock").Select(line => line.GetProperty("product").GetString()).ShouldBe(["Plot.txt", "Report.txt"]);
        Run("--target=Status").Output.ShouldContain("all products are as");
    }

    [Fact]
    public void What_is_stale_is_not_locked_and_named()
    {
        using ProgramRun build = Run("--target=Metrics");

        using ProgramRun locked = Run("--target=Lock");

        locked.ExitCode.ShouldBe(1);
        locked.Error.ShouldContain(
            "2 steps must run before the products can be locked\n  Plot    never built: none -> first build\n  Report");
        File.Exists(Lock).ShouldBeFalse();
    }

    [Theory]
    [InlineData("--set=plot.text=x")]
    [InlineData("--input=a.root")]
    public void A_trial_is_not_locked(string option)
    {
        using ProgramRun locked = Run("--target=Lock", option);

        locked.ExitCode.ShouldBe(2);
        locked.Error.ShouldContain($"--target=Lock does not go with {option.Split('=')[0]}");
    }

    [Fact]
    public void Verify_holds_both_builds_against_the_lock()
    {
        using ProgramRun build = Run("--target=Evaluate");
        using ProgramRun locked = Run("--target=Lock");
        File.WriteAllText(Campaign, File.ReadAllText(Campaign).Replace("text: told", "text: said", StringComparison.Ordinal));

        using ProgramRun verify = Run("--target=Verify");

        verify.ExitCode.ShouldBe(1);
        verify.Output.ShouldContain("lock: Report.txt of Report differs: ");
        verify.Output.ShouldContain("not verified: 0 steps made other bytes from the same inputs; differences from the lock: 1");
    }

    private ProgramRun Run(params string[] arguments) => ProgramRun.ToyOn(Campaign, _folder.At("out"), arguments);
}

/// <summary>The lock that is kept beside the smoke campaign.</summary>
[Collection(SmokeBuild.Name)]
public sealed class SmokeLockTests(SmokeBuild smoke)
{
    // The report tells the code that made each product, so any edit of a stage changes it.
    private const string TellsTheCode = "Report";

    [Fact]
    public void The_smoke_products_are_those_that_are_locked()
    {
        using ProgramRun status = ProgramRun.Host("--config=configs/smoke.yaml", $"--out={smoke.Out}", "--target=Status", "--json");

        status.ExitCode.ShouldBe(0, status.Error);
        ProductLock.Read(Checkout.At("configs", "smoke.lock")).Stages.Sum(stage => stage.Lines.Count).ShouldBeGreaterThan(70);
        // Fails when a product has changed on purpose, too; then:  dotnet cake --target=Lock --config=configs/smoke.yaml
        status.Events("lock")
            .Where(line => line.GetProperty("stage").GetString() != TellsTheCode)
            .Select(line => line.GetProperty("product").GetString())
            .ShouldBeEmpty();
    }
}
