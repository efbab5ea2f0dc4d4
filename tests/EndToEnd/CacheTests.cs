using Shouldly;
using TauPipeline.Tests.Support;
using Xunit;

namespace TauPipeline.Tests.EndToEnd;

/// <summary>The run cache as its users name it.</summary>
public sealed class CacheTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_second_checkout_restores_everything_and_says_so()
    {
        string cache = $"TAU_CACHE={_folder.At("cache")}";
        using ProgramRun first = ProgramRun.ToyInto(_folder.At("first"), [cache], "--target=Evaluate");

        using ProgramRun second = ProgramRun.ToyInto(_folder.At("second"), [cache], "--target=Evaluate");

        first.ExitCode.ShouldBe(0, first.Error);
        second.ExitCode.ShouldBe(0, second.Error);
        second.Output.ShouldContain("restored    Ingest/a");
        second.Output.ShouldContain("0 ran, 0 cut off, 0 up to date, 5 restored from the run cache");
        File.ReadAllText(_folder.At("second", "Report.txt")).ShouldBe(File.ReadAllText(_folder.At("first", "Report.txt")));
    }

    [Fact]
    public void A_pretended_clean_of_the_cache_names_the_folder_and_leaves_it()
    {
        string cache = $"TAU_CACHE={_folder.At("cache")}";
        using ProgramRun build = ProgramRun.ToyInto(_folder.At("out"), [cache], "--target=Evaluate");
        string[] Kept() => Directory.GetFiles(_folder.At("cache"), "*", SearchOption.AllDirectories);
        int before = Kept().Length;

        using ProgramRun pretended = ProgramRun.ToyInto(_folder.At("out"), [cache], "--target=Clean", "--cache", "--dryrun");
        int after = Kept().Length;
        using ProgramRun clean = ProgramRun.ToyInto(_folder.At("out"), [cache], "--target=Clean", "--cache");
        using ProgramRun none = ProgramRun.ToyInto(_folder.At("out"), ["TAU_CACHE="], "--target=Clean", "--cache", "--dryrun");

        before.ShouldBeGreaterThan(0);
        after.ShouldBe(before);
        pretended.Output.ShouldMatch($"^1. Clean\n   would empty  {_folder.At("cache")}  [1-9].* kB\n$");
        clean.Output.ShouldMatch($"^emptied {_folder.At("cache")}: [1-9].* kB\n$");
        Kept().ShouldBeEmpty();
        none.ExitCode.ShouldBe(2);
    }

    [Fact]
    public void The_users_own_settings_name_a_cache_and_an_empty_variable_overrules_them()
    {
        Directory.CreateDirectory(_folder.At("config", "taupipeline"));
        File.WriteAllText(
            _folder.At("config", "taupipeline", "settings.yaml"),
            $"cache: {{ folder: {_folder.At("cache")}, size: 1 GB, restore: link }}\n");
        string[] own = [$"XDG_CONFIG_HOME={_folder.At("config")}"];
        using ProgramRun first = ProgramRun.ToyInto(_folder.At("first"), [.. own, "TAU_CACHE"], "--target=Evaluate");

        using ProgramRun second = ProgramRun.ToyInto(_folder.At("second"), [.. own, "TAU_CACHE"], "--target=Evaluate");
        using ProgramRun third = ProgramRun.ToyInto(_folder.At("third"), [.. own, "TAU_CACHE="], "--target=Evaluate");

        first.ExitCode.ShouldBe(0, first.Error);
        second.Output.ShouldContain("5 restored from the run cache");
        third.Output.ShouldContain("5 ran, 0 cut off, 0 up to date\n");
    }

    [Theory]
    [InlineData("TAU_CACHE_SIZE=much", "the size of the run cache is 'much'")]
    [InlineData("TAU_CACHE_RESTORE=magic", "the run cache cannot be restored by 'magic'")]
    public void A_value_that_makes_no_sense_is_misuse(string variable, string message)
    {
        using ProgramRun run = ProgramRun.ToyInto(_folder.At("out"), [$"TAU_CACHE={_folder.At("cache")}", variable], "--target=Evaluate");

        run.ExitCode.ShouldBe(2);
        run.Error.ShouldContain(message);
    }
}
