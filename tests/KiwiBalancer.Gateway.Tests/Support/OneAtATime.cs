// Some tests look at the memory of the process, and one loads the machine.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
