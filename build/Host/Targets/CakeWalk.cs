using System.Runtime.ExceptionServices;
using Cake.Cli;
using Cake.Core;

namespace TauPipeline.Host;

/// <summary>Cake's engine with one task per target, hosted in the manner of Frosting.</summary>
internal sealed class CakeWalk
{
    private readonly CakeEngine _engine;
    private readonly ICakeContext _context;
    private readonly Invocation _call;
    private Func<string, Task<int>> _waitFor = _ => Task.FromResult(ExitCode.Done);

    public CakeWalk(Invocation call, TargetTable table)
    {
        _call = call;
        (_engine, _context) = CakeParts.Make(call);
        foreach (NamedTarget target in table.All)
            _engine.RegisterTask(target.Name).Description(target.Summary).IsDependentOn(target.Needs).Does(() => Do(target));
    }

    /// <summary>Runs tools, and waits for stages by <paramref name="waitFor"/>, in Cake's order.</summary>
    /// <returns>The exit code of the first target that did not succeed.</returns>
    public async Task<int> Walk(IReadOnlyList<string> targets, Func<string, Task<int>> waitFor)
    {
        _waitFor = waitFor;
        return await Run(targets, (task, context) => task.Execute(context));
    }

    /// <summary>Names the targets in Cake's order, and under each stage the steps that would run.</summary>
    public async Task<int> Pretend(IReadOnlyList<string> targets, TargetTable table, ForecastText forecast)
    {
        int number = 0;
        return await Run(targets, (task, _) =>
        {
            foreach (string line in _call.Line.Has(Options.Json) ? forecast.Json(task.Name) : forecast.Lines(++number, task.Name))
                _call.Terminal.Output.WriteLine(line);
            table.All.First(target => target.Name == task.Name).Tool?.Pretend(_call);
            return Task.CompletedTask;
        });
    }

    public async Task<int> ShowTree(IReadOnlyList<string> targets)
    {
        await new TreeScriptHost(_engine, _context, new CakeConsole(_context.Environment)).RunTargetsAsync(targets);
        return ExitCode.Done;
    }

    public async Task<int> ShowDescriptions(IReadOnlyList<string> targets)
    {
        await new DescriptionScriptHost(_engine, _context, _call.Terminal.MakeConsole()).RunTargetsAsync(targets);
        return ExitCode.Done;
    }

    private async Task Do(NamedTarget target)
    {
        int code =
            target.Tool is { } tool ? tool.Run(_call)
            : target.Stages.Contains(target.Name) ? await _waitFor(target.Name)
            : ExitCode.Done;
        if (code != ExitCode.Done) throw new TargetFailed(code);
    }

    private async Task<int> Run(IReadOnlyList<string> targets, Func<CakeTask, ICakeContext, Task> execute)
    {
        ExecutionSettings settings = new ExecutionSettings().SetTargets(targets).UseUnifiedDependencyGraphForMultipleTargets(true);
        if (_call.Line.Has(Options.Exclusive)) settings.UseExclusiveTarget();
        try
        {
            await _engine.RunTargetAsync(_context, new WalkStrategy(execute), settings);
            return ExitCode.Done;
        }
        catch (Exception wrapped) when (Innermost(wrapped) is TargetFailed failed)
        {
            return failed.Code;
        }
        catch (CakeReportException wrapped)
        {
            ExceptionDispatchInfo.Throw(Innermost(wrapped)); // Cake's wrapping would hide which of the three errors it is
            throw;
        }
    }

    private static Exception Innermost(Exception error)
    {
        while (error is CakeReportException or AggregateException && error.InnerException is { } inner) error = inner;
        return error;
    }

    // Stops Cake's walk; what went wrong has been, or will be, printed by who knows.
    private sealed class TargetFailed(int code) : Exception
    {
        public int Code => code;
    }
}
