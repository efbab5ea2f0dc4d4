using Cake.Core;

namespace TauPipeline.Host;

/// <summary>Walks Cake's tasks without Cake's banners; a dry run differs in what executing a task means.</summary>
internal sealed class WalkStrategy(Func<CakeTask, ICakeContext, Task> execute) : IExecutionStrategy
{
    public Task ExecuteAsync(CakeTask task, ICakeContext context) => execute(task, context);

    public void Skip(CakeTask task, CakeTaskCriteria criteria) { }

    public void PerformSetup(Action<ISetupContext> action, ISetupContext context) => action(context);

    public void PerformTeardown(Action<ITeardownContext> action, ITeardownContext teardownContext) => action(teardownContext);

    public void PerformTaskSetup(Action<ITaskSetupContext> action, ITaskSetupContext taskSetupContext) => action(taskSetupContext);

    public void PerformTaskTeardown(Action<ITaskTeardownContext> action, ITaskTeardownContext taskTeardownContext) =>
        action(taskTeardownContext);

    public Task ReportErrorsAsync(Func<Exception, Task> action, Exception exception) => action(exception);

    public Task HandleErrorsAsync(Func<Exception, ICakeContext, Task> action, Exception exception, ICakeContext context) =>
        action(exception, context);

    public Task InvokeFinallyAsync(Func<ICakeContext, Task> action, ICakeContext context) => action(context);
}
