using Shouldly;
using TauPipeline.BuildGraph;
using TauPipeline.Foundation;
using TauPipeline.Tests.Support;
using Xunit;

namespace TauPipeline.Tests.Unit.BuildGraph;

/// <summary>Programs that are not ours, run through failure, retry, timeout and a killed engine.</summary>
public sealed class ExternalStepTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private readonly ExternalBench _bench = new();

    public void Dispose() => _bench.Dispose();

    [Fact]
    public void Arguments_reach_the_program_as_they_are_and_no_shell_sees_them()
    {
        _bench.Script("tool.sh", """for a; do printf '%s\n' "$a"; done > outputs/made/it.txt""");

        Ran(_bench.Build(ExternalBench.Tool("""["{output:made}", "a b", "it's \"quoted\"", "-n", "--", "100%d", "Ünïcode ✓", "$(touch hacked) `id`; rm -rf ~ | x > y & z", "*", "{{x}}", "", "{threads}", "{memory}"]""")));

        _bench.Bench.Read("made/it.txt")
            .ShouldBe(
                "outputs/made/it.txt\na b\nit's \"quoted\"\n-n\n--\n100%d\nÜnïcode ✓\n$(touch hacked) `id`; rm -rf ~ | x > y & z\n*\n{x}\n\n1\n512\n"
            );
        Directory.GetFiles(_bench.Bench.Root, "hacked", SearchOption.AllDirectories).ShouldBeEmpty();
    }

    [Fact]
    public void Only_declared_variables_are_seen_and_their_values_count()
    {
        string passed = "TAU_TEST_PASSED", hidden = "TAU_TEST_HIDDEN";
        Environment.SetEnvironmentVariable(passed, "one");
        Environment.SetEnvironmentVariable(hidden, "secret");
        _bench.Script("tool.sh", """tr '\0' '\n' < /proc/$$/environ | sort > outputs/made/it.txt""");
        string yaml = ExternalBench.Tool("[]", $"environment: {{ pass: [{passed}, TAU_TEST_UNSET], set: {{ FIXED: \"a b\" }} }}");

        Ran(_bench.Build(yaml));

        string[] seen = _bench.Bench.Read("made/it.txt").TrimEnd().Split('\n');
        seen.Select(line => line.Split('=')[0])
            .ShouldBe(["FIXED", "HOME", "LC_ALL", "PATH", "TAU_ATTEMPT", passed, "TMPDIR", "TZ"], ignoreOrder: true);
        seen.ShouldContain("FIXED=a b");
        seen.ShouldContain($"{passed}=one");

        Environment.SetEnvironmentVariable(hidden, "another");
        _bench.Build(yaml).Count(StepOutcome.UpToDate).ShouldBe(1);
        Environment.SetEnvironmentVariable(passed, "two");
        _bench.Build(yaml).Steps[0].Reasons.Single().ToString().ShouldBe($"setting external.Tool.environment.{passed}: one -> two");
    }

    [Fact]
    public void An_edited_program_is_a_reason_and_a_stated_version_stands_for_it()
    {
        string yaml = ExternalBench.Tool("[]"), versioned = ExternalBench.Tool("[]", "version: tool 1.0");
        _bench.Script("tool.sh", "echo one > outputs/made/it.txt");
        Ran(_bench.Build(yaml));
        _bench.Build(yaml).Count(StepOutcome.UpToDate).ShouldBe(1);

        _bench.Script("tool.sh", "echo two > outputs/made/it.txt");
        BuildSummary edited = _bench.Build(yaml);

        edited.Steps[0].Reasons.Single().Component.ShouldBe("input program Tool/tool.sh");
        _bench.Bench.Read("made/it.txt").ShouldBe("two\n");

        Ran(_bench.Build(versioned));
        _bench.Script("tool.sh", "echo three > outputs/made/it.txt");
        _bench.Build(versioned).Count(StepOutcome.UpToDate).ShouldBe(1);
        _bench.Build(versioned.Replace("1.0", "1.1", StringComparison.Ordinal))
            .Steps[0]
            .Reasons.Single()
            .ToString()
            .ShouldBe("tools: tool.sh: tool 1.0 -> tool.sh: tool 1.1");
        _bench.Script("other.sh", "echo four > outputs/made/it.txt");
        Ran(_bench.Build(versioned));
        BuildSummary other = _bench.Build(versioned.Replace("./tool.sh", "./other.sh", StringComparison.Ordinal));
        other.Steps[0].Reasons.Single().ToString().ShouldBe("tools: tool.sh: tool 1.0 -> other.sh: tool 1.0");
        _bench.Bench.Read("made/it.txt").ShouldBe("four\n");
    }

    [Fact]
    public void A_failure_is_told_with_exit_code_and_last_lines_and_leaves_nothing()
    {
        _bench.Script("tool.sh", "echo half > outputs/made/it.txt; echo chatter; echo 'no such tree' >&2; exit 3");

        BuildSummary summary = _bench.Build(ExternalBench.Tool("[]"));

        ErrorText error = summary.FirstError.ShouldBeOfType<StepFailed>().Text;
        error.Title.ShouldBe("Tool: the program ended with exit code 3");
        error.Facts.ShouldBe([
            ("program", _bench.At("tool.sh")),
            ("stated at", $"{_bench.At("campaign.yaml")}:3"),
            ("last lines", "no such tree"),
        ]);
        File.Exists(Path.Combine(_bench.Out, "made", "it.txt")).ShouldBeFalse();
        File.ReadAllText(Path.Combine(_bench.Out, ".tau", "logs", "Tool", "Tool.log"))
            .Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .ShouldBe(["chatter", "no such tree"], ignoreOrder: true);
    }

    [Fact]
    public void A_retry_finds_its_scratch_and_a_fresh_working_folder()
    {
        _bench.Script("tool.sh", """
            [ ! -e left ] || exit 9
            touch left
            if [ ! -e "$1/half" ]; then echo half > "$1/half"; exit 1; fi
            cat "$1/half" > outputs/made/it.txt
            """);

        BuildSummary summary = _bench.Build(ExternalBench.Tool("""["{scratch}"]""", "resources: { retries: 1 }"));

        Ran(summary);
        summary.Steps[0].Attempts.ShouldBe(2);
        _bench.Bench.Events.OfType<StepRetried>().Single().Error.Title.ShouldBe("Tool: the program ended with exit code 1");
        _bench.Bench.Read("made/it.txt").ShouldBe("half\n");
        File.ReadAllText(Path.Combine(_bench.Out, ".tau", "logs", "Tool", "Tool.log")).ShouldContain("--- attempt 2 ---");
    }

    [Fact]
    public void What_is_killed_for_memory_gets_more_and_at_the_end_fails_with_what_it_took()
    {
        _bench.Script("tool.sh", """echo "$1" > outputs/made/it.txt; [ "$1" -ge 200 ] || kill -9 $$""");
        BuildSummary enough = _bench.Build(ExternalBench.Tool("""["{memory}"]""", "resources: { memory: 64 MiB }"));
        Ran(enough);
        _bench.Bench.Read("made/it.txt").ShouldBe("256\n");
        enough.Steps[0].Attempts.ShouldBe(3);

        _bench.Script("tool.sh", "sleep 0.5; kill -9 $$");
        ErrorText error = _bench.Build(ExternalBench.Tool("[]", "resources: { memory: 300 MiB }"))
            .FirstError.ShouldBeOfType<StepFailed>()
            .Text;

        error.Title.ShouldBe("Tool: the program ended with signal 9 (KILL)");
        error.Facts[^1].Value.ShouldMatch("^512 MiB declared, at least [1-9][0-9]* MiB taken$");
    }

    [Fact]
    public void A_timeout_ends_all_that_the_program_started_even_in_sessions_of_their_own()
    {
        _bench.Script("tool.sh", """
            trap '' TERM
            echo $$ > "$1/1"
            sh -c 'trap "" TERM; echo $$ > "$0/2"; sleep 301' "$1" &
            setsid sh -c 'trap "" TERM; echo $$ > "$0/3"; sleep 302' "$1" &
            echo waiting
            sleep 303
            """);

        BuildSummary summary = _bench.Build(ExternalBench.Tool($"[\"{_bench.Bench.Root}\"]", "resources: { timeout: 6 }"));

        ErrorText error = summary.FirstError.ShouldBeOfType<StepFailed>().Text;
        error.Title.ShouldBe("Tool did not end within 00:00:06");
        error.Facts[^1].ShouldBe(("last lines", "waiting"));
        foreach (string name in new[] { "1", "2", "3" }) Pid.Lives(PidIn(name)).ShouldBeFalse(name);
    }

    [Fact]
    public void When_the_engine_is_killed_the_next_run_ends_orphans_and_completes()
    {
        // The first run hangs; a grandchild in a session of its own outlives engine, host and program.
        _bench.Script("tool.sh", """
            if [ -e "$1/1" ]; then echo done > outputs/made/it.txt; exit 0; fi
            setsid sh -c 'trap "" TERM; echo $$ > "$0/1"; sleep 300' "$1" &
            sleep 300
            """);
        BuildRequest request = _bench.Request(ExternalBench.Tool($"[\"{_bench.Bench.Root}\"]"));
        int host = 0;
        Thread runner = new(() =>
            ProcessRunner.Run(
                new ProcessRequest("dotnet", [request.ChildCommand[1], "run", request.Campaign, _bench.Out])
                {
                    Started = id => host = id,
                    Line = _ => { },
                },
                CancellationToken.None));
        runner.Start();
        SpinWait.SpinUntil(() => File.Exists(_bench.At("1")) && File.ReadAllText(_bench.At("1")).EndsWith('\n'), Patience).ShouldBeTrue();
        int orphan = PidIn("1");

        LibC.SignalProcess(host, LibC.Kill);
        runner.Join(Patience).ShouldBeTrue();
        Pid.Lives(orphan).ShouldBeTrue();
        BuildSummary summary = _bench.Bench.Build(request);

        Ran(summary);
        Pid.Lives(orphan).ShouldBeFalse();
        _bench.Bench.Read("made/it.txt").ShouldBe("done\n");
        _bench.Bench.Events.OfType<BuildNote>().ShouldContain(note => note.Text.Contains("left over from Tool", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("true", "Tool: the program ended well, but did not write made")]
    [InlineData(": > outputs/made/it.txt", "Tool: the program wrote nothing into made")]
    [InlineData("ln -s /etc/hostname outputs/made/it.txt", "Tool: the program left a symbolic link where a file of its own should be")]
    [InlineData("echo a > outputs/made/it.txt; echo b > outputs/made/b.txt", "Tool: the program wrote outputs that are not declared")]
    public void Outputs_are_what_was_declared_or_the_step_fails(string body, string title)
    {
        _bench.Script("tool.sh", body);

        BuildSummary summary = _bench.Build(ExternalBench.Tool("[]"));

        summary.FirstError.ShouldBeOfType<StepFailed>().Text.Title.ShouldBe(title);
        Directory.Exists(Path.Combine(_bench.Out, "made")).ShouldBeFalse();
    }

    [Fact]
    public void Stages_follow_each_other_through_files_one_step_for_each_of_an_input()
    {
        _bench.Script("copy.sh", """tr a-z A-Z < "$1" > result; touch litter""");
        _bench.Script("join.sh", """out="$1"; list="$4"; cat "$2" "$3" "$list" > "$out" """);
        File.WriteAllText(_bench.At("x 1.txt"), "one\n");
        File.WriteAllText(_bench.At("-y.txt"), "two\n");
        string yaml = """
            external:
              Join:
                program: ./join.sh
                arguments: ["{output:all}", "{inputs:parts}", "{list:parts}"]
                inputs: { parts: { products: ["upper/*.txt"] } }
                outputs: { all: { file: all.txt } }
              Upper:
                program: ./copy.sh
                arguments: ["{input:text}"]
                for_each: text
                inputs: { text: { files: ["*.txt"] } }
                outputs: { upper: { file: "upper/{entry}.txt", from: result } }
            """;
        BuildRequest request = _bench.Request(yaml) with { Targets = ["Join"] };
        BuildSummary summary = _bench.Bench.Build(request);

        summary.FirstError.ShouldBeNull();
        summary.Steps.Select(step => step.Step.Id).ShouldBe(["Upper/-y", "Upper/x 1", "Join"]);
        _bench.Bench.Read("all.txt").ShouldBe("TWO\nONE\ninputs/parts/upper/-y.txt\ninputs/parts/upper/x 1.txt\n");

        File.WriteAllText(_bench.At("x 1.txt"), "three\n");
        BuildBench.Outcomes(_bench.Bench.Build(request)).ShouldBe("Upper/-y:UpToDate Upper/x 1:Ran Join:Ran");
    }

    [Fact]
    public void A_missing_program_and_a_file_that_is_not_the_one_stated_are_misuse()
    {
        File.WriteAllText(_bench.At("card.txt"), "card");
        string yaml = ExternalBench.Tool("[]", $"inputs: {{ card: {{ files: [{{ path: card.txt, sha256: {new string('0', 64)} }}] }} }}");

        Misuse both = Should.Throw<Misuse>(() => _bench.Build(yaml));

        both.Message.ShouldContain("the raw file of Tool/tool.sh is missing");
        both.Message.ShouldContain($"{_bench.At("campaign.yaml")}:3");
        both.Message.ShouldContain("is not the file that was stated");
        Should.Throw<Misuse>(() => _bench.Build(ExternalBench.Tool("[]").Replace("./tool.sh", "no-such-tool", StringComparison.Ordinal)))
            .Message.ShouldContain("no-such-tool (not found on PATH)");
    }

    [Fact]
    public void A_seed_is_given_only_to_those_who_ask_and_then_counts()
    {
        _bench.Script("tool.sh", """echo "$1" > outputs/made/it.txt""");
        string yaml = ExternalBench.Tool("""["{seed}"]""");
        Ran(_bench.Build(yaml));
        string first = _bench.Bench.Read("made/it.txt");

        BuildSummary other = _bench.Bench.Build(_bench.Request(yaml) with { Seed = 8 });

        int.Parse(first).ShouldBeInRange(1, 900_000_000);
        other.Steps[0].Reasons.Single().Component.ShouldBe("seed");
        _bench.Bench.Read("made/it.txt").ShouldNotBe(first);
    }

    private static void Ran(BuildSummary summary)
    {
        summary.FirstError.ShouldBeNull();
        summary.Count(StepOutcome.Failed).ShouldBe(0);
    }

    private int PidIn(string name) => int.Parse(File.ReadAllText(_bench.At(name)));
}
