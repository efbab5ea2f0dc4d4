using Shouldly;
using TauPipeline.Queues;
using Xunit;

namespace TauPipeline.Tests.Unit.Queues;

/// <summary>What Slurm 22.05 printed on a cluster of one node.</summary>
public sealed class SlurmTextTests
{
    [Fact]
    public void A_queue_is_read_element_by_element()
    {
        IReadOnlyDictionary<JobId, JobState> jobs = SlurmText.Queue(
        [
            "7|0|RUNNING|None|node1",
            "7|1|COMPLETING|None|node1",
            "7|2|PENDING|Resources|",
            "7|3|PENDING|ReqNodeNotAvail, UnavailableNodes:node1|",
            "8|0|PENDING|PartitionConfig|",
            "9|N/A|RUNNING|None|node2",
            "slurm_load_jobs error: Socket timed out",
        ]);

        jobs.Keys.ShouldBe([new("7", 0), new("7", 1), new("7", 2), new("7", 3), new("8", 0)], ignoreOrder: true);
        jobs[new("7", 0)].ShouldBe(new JobState("node1", "None", false));
        jobs[new("7", 1)].Where.ShouldBe("node1");
        jobs[new("7", 3)].ShouldBe(new JobState(null, "ReqNodeNotAvail, UnavailableNodes:node1", false));
        jobs[new("8", 0)].IsHopeless.ShouldBeTrue();
    }

    // By value: the enum is not public.
    [Theory]
    [InlineData("COMPLETED|0:0", nameof(JobEndKind.Done))]
    [InlineData("FAILED|0:9", nameof(JobEndKind.Lost))]
    [InlineData("NODE_FAIL|0:0", nameof(JobEndKind.Lost))]
    [InlineData("PREEMPTED|0:0", nameof(JobEndKind.Lost))]
    [InlineData("OUT_OF_MEMORY|0:125", nameof(JobEndKind.OutOfMemory))]
    [InlineData("TIMEOUT|0:0", nameof(JobEndKind.OutOfTime))]
    [InlineData("CANCELLED by 1000|0:15", nameof(JobEndKind.Cancelled))]
    public void An_end_means_what_the_manual_says(string line, string kind) => $"{SlurmText.AccountEnd(line).Kind}".ShouldBe(kind);

    [Fact]
    public void An_end_is_read_from_the_controller_where_there_is_no_accounting()
    {
        JobEnd end = SlurmText.ShownEnd(
            "JobId=12 ArrayJobId=11 ArrayTaskId=1 JobName=tau UserId=root(0) JobState=FAILED Reason=JobLaunchFailure Dependency=(null) "
            + "Requeue=0 Restarts=0 BatchFlag=1 Reboot=0 ExitCode=0:9 RunTime=00:00:03\n");

        end.ShouldBe(new JobEnd("FAILED, JobLaunchFailure, exit code 0:9", JobEndKind.Lost));
    }
}
