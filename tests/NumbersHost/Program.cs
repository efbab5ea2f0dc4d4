using System.Globalization;
using TauPipeline.Tensors;
using TauPipeline.Tests.NumbersHost;
using TorchSharp;

// libtorch in a process of its own, so that tests can run it in other numeric environments and on other processors:
//   threads N       how many threads it computes with in the portable environment of N
//   operations N    a line for each operation of a training: its name and the hash of what it gives, with N threads
int threads = int.Parse(args[1], CultureInfo.InvariantCulture);
TensorLibrary.Load(NumericEnvironment.Portable(threads));
if (args[0] == "threads") Console.WriteLine(torch.get_num_threads());
else
    foreach ((string name, string hash) in Operations.All()) Console.WriteLine($"{name} {hash}");
