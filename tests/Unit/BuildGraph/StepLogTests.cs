using Shouldly;
using TauPipeline.BuildGraph;
using TauPipeline.Tests.Support;
using Xunit;

namespace TauPipeline.Tests.Unit.BuildGraph;

public sealed class StepLogTests : IDisposable
{
    private const int Limit = 16 << 20;
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_short_log_is_kept_as_it_was_printed()
    {
        Write(1, ["one", "", "two"]);

        File.ReadAllText(At).ShouldBe("one\n\ntwo\n");
        StepLog.TailOf(At).ShouldBe("one\n\ntwo");
    }

    [Fact]
    public void A_second_attempt_follows_the_first_and_a_new_run_begins_anew()
    {
        Write(1, ["one"]);
        Write(2, ["two"]);
        File.ReadAllText(At).ShouldBe("one\n--- attempt 2 ---\ntwo\n");

        Write(1, ["three"]);
        File.ReadAllText(At).ShouldBe("three\n");
    }

    [Theory]
    [InlineData(1, 6_000_000)]
    [InlineData(1000, 40_000)]
    [InlineData(60_000, 1000)]
    public void A_long_log_is_cut_and_its_end_kept(int length, int lines)
    {
        string line = new('é', length);

        string tail = Write(1, Enumerable.Repeat(line, lines).Append("the last"));

        new FileInfo(At).Length.ShouldBeLessThan(Limit + (128 << 10));
        StepLog.TailOf(At).ShouldEndWith("the last");
        tail.ShouldEndWith("the last");
        tail.Split('\n').Length.ShouldBe(40);
        File.ReadLines(At).Count(text => text.Contains("bytes are not kept", StringComparison.Ordinal)).ShouldBe(1);
    }

    [Fact]
    public void Control_codes_do_not_reach_the_terminal()
    {
        Write(1, ["\e[31mred\a"]).ShouldBe("\uFFFD[31mred\uFFFD");
    }

    // A grandchild may keep the pipe open and print on when nobody waits for it any more.
    [Fact]
    public void What_is_printed_after_the_end_is_let_go()
    {
        var log = new StepLog(At);
        log.Add("one");
        log.Dispose();

        log.Add("late");

        log.Tail.ShouldBe("one");
        File.ReadAllText(At).ShouldBe("one\n");
    }

    [Fact]
    public void The_last_lines_can_be_looked_at_while_more_are_printed()
    {
        using var log = new StepLog(At);
        Task printing = Task.Run(() => { for (int i = 0; i < 200_000; i++) log.Add("line"); });

        while (!printing.IsCompleted) log.Tail.Split('\n').ShouldAllBe(line => line == "line" || line.Length == 0);

        printing.IsFaulted.ShouldBeFalse();
        log.Tail.Split('\n').Length.ShouldBe(40);
    }

    private string At => _folder.At("a", "b.log");

    private string Write(int attempt, IEnumerable<string> lines)
    {
        using var log = new StepLog(At, attempt);
        foreach (string line in lines) log.Add(line);
        return log.Tail;
    }
}
