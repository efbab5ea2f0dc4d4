using TauPipeline.Foundation;

namespace TauPipeline.Hdf5IO;

/// <summary>A file and an object in it: what every error names.</summary>
internal readonly record struct Hdf5Place(string File, string Object)
{
    public Hdf5Place At(string path) => new(File, path);

    /// <summary>
    /// Calls PureHDF, which throws bare exceptions, also of arrays and memory where a file is damaged: they come out as ours.
    /// </summary>
    /// <exception cref="StepFailed">It could not; names file and object.</exception>
    public T Do<T>(Func<T> call)
    {
        try { return call(); }
        catch (Exception problem) when (problem is not PipelineException) { throw Failed(problem); }
    }

    /// <summary>What a call of PureHDF threw, as an error of ours.</summary>
    public StepFailed Failed(Exception problem)
    {
        while (problem.InnerException is { } inner) problem = inner;
        return problem as StepFailed ?? Hdf5Errors.Failed(this, problem.Message);
    }
}
